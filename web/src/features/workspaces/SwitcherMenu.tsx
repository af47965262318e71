/** The other workspaces, and making one. Loaded when the switcher is first opened. */

import { Trans } from "@lingui/react/macro";
import { Menu, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { Check, Plus, UserPlus } from "lucide-react";
import { lazy, Suspense } from "react";

import type { MenuPanelProps } from "@/components/MenuOnDemand";
import type { Membership } from "@/lib/api/types";
import { useCan, useMe, useWorkspace } from "@/lib/session";

import { useRoleName } from "./roles";
import { WorkspaceLogo } from "./WorkspaceLogo";
import classes from "./WorkspaceSwitcher.module.css";

const CreateWorkspaceDialog = lazy(() => import("./CreateWorkspaceDialog"));

export default function SwitcherMenu({ target }: MenuPanelProps) {
  const current = useWorkspace();
  const navigate = useNavigate();
  const mayInvite = useCan("members.invite");
  const [isCreating, creating] = useDisclosure(false);
  return (
    <>
      <Menu width={280} position="bottom-start" defaultOpened>
        <Menu.Target>{target}</Menu.Target>
        <Menu.Dropdown>
          <WorkspaceItems />
          <Menu.Divider />
          {mayInvite && (
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
          leftSection={<WorkspaceLogo name={each.name} url={each.logo_url} size={28} />}
          rightSection={each.id === current.id ? <Check size={16} aria-hidden /> : null}
          aria-current={each.id === current.id ? "true" : undefined}
          onClick={() => open(each.id)}
        >
          <span className={classes.names}>
            <Text component="span" truncate>
              {each.name}
            </Text>
            <Standing workspace={each} />
          </span>
        </Menu.Item>
      ))}
    </>
  );
}

/** The person's role there, or what keeps them out. */
function Standing({ workspace: { role, state } }: { workspace: Membership }) {
  const roleName = useRoleName();
  if (state === "open") {
    return (
      <Text component="span" size="xs" c="dimmed">
        {roleName(role)}
      </Text>
    );
  }
  return (
    <Text component="span" size="xs" c="var(--c-warning-text)">
      {state === "deleting" ? <Trans>To be deleted</Trans> : <Trans>Asks for two-step verification</Trans>}
    </Text>
  );
}
