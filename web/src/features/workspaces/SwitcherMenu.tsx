/** The workspaces of the person, and ways to more people and more workspaces. */

import { Trans } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { Check, Plus, UserPlus } from "lucide-react";
import { lazy, Suspense } from "react";

import { Initials } from "@/components/Initials";
import type { MenuPanelProps } from "@/components/MenuOnDemand";
import { isAdmin, useMe, useWorkspace } from "@/lib/session";

const CreateWorkspaceDialog = lazy(() => import("./CreateWorkspaceDialog"));

export default function SwitcherMenu({ target }: MenuPanelProps) {
  const current = useWorkspace();
  const navigate = useNavigate();
  const [isCreating, creating] = useDisclosure(false);
  return (
    <>
      <Menu width={260} position="bottom-start" defaultOpened>
        <Menu.Target>{target}</Menu.Target>
        <Menu.Dropdown>
          <WorkspaceItems />
          <Menu.Divider />
          {isAdmin(current.role) && (
            <Menu.Item
              leftSection={<UserPlus size={16} />}
              onClick={() => void navigate({ to: "/w/$ws/settings/members", params: { ws: current.id } })}
            >
              <Trans>Invite people</Trans>
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Plus size={16} />} onClick={creating.open}>
            <Trans>Create a workspace</Trans>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>{isCreating && <CreateWorkspaceDialog onClose={creating.close} />}</Suspense>
    </>
  );
}

/** Every workspace of the person, the current one marked. Inside any menu's dropdown. */
export function WorkspaceItems() {
  const { workspaces } = useMe();
  const current = useWorkspace();
  const navigate = useNavigate();
  const open = (ws: string) => void navigate({ to: "/w/$ws/inbox", params: { ws } });
  return (
    <>
      <Menu.Label>
        <Trans>Workspaces</Trans>
      </Menu.Label>
      {workspaces.map((each) => (
        <Menu.Item
          key={each.id}
          leftSection={<Initials name={each.name} shape="square" size={24} />}
          rightSection={each.id === current.id ? <Check size={16} aria-hidden /> : null}
          aria-current={each.id === current.id ? "true" : undefined}
          onClick={() => open(each.id)}
        >
          {each.name}
        </Menu.Item>
      ))}
    </>
  );
}
