/** What can be done about one member besides their role. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Menu } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { Crown, EllipsisVertical, History, PencilLine, SlidersHorizontal, UserMinus } from "lucide-react";
import { useState } from "react";

import type { Member } from "@/lib/api/types";
import { useCan, useMe, useWorkspace } from "@/lib/session";

import { AliasDialog } from "./AliasDialog";
import { FlagsDialog } from "./FlagsDialog";
import { HandOverDialog } from "./HandOverDialog";
import { memberName } from "./members";
import { RemoveDialog } from "./RemoveDialog";

type Asked = "alias" | "flags" | "hand-over" | "remove";

const dialogs = { alias: AliasDialog, flags: FlagsDialog, "hand-over": HandOverDialog, remove: RemoveDialog };

export function MemberMenu({ member, mayManage }: { member: Member; mayManage: boolean }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const ws = useWorkspace().id;
  const [asked, setAsked] = useState<Asked | null>(null);
  const name = memberName(member);
  const Dialog = asked && dialogs[asked];
  const showActivity = () =>
    void navigate({ to: "/w/$ws/activity", params: { ws }, search: { actor: member.user_id } });
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon size={32} aria-label={t`Actions for ${name}`}>
            <EllipsisVertical size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<History size={16} />} onClick={showActivity}>
            <Trans>Show activity</Trans>
          </Menu.Item>
          {mayManage && <ManageItems member={member} onAsk={setAsked} />}
        </Menu.Dropdown>
      </Menu>
      {Dialog && <Dialog member={member} onClose={() => setAsked(null)} />}
    </>
  );
}

function ManageItems({ member, onAsk }: { member: Member; onAsk: (what: Asked) => void }) {
  const isMe = useMe().user.id === member.user_id;
  const mayHandOver = useCan("ownership.transfer") && member.role !== "owner";
  return (
    <>
      <Menu.Item leftSection={<PencilLine size={16} />} onClick={() => onAsk("alias")}>
        <Trans>Change alias</Trans>
      </Menu.Item>
      {member.role === "member" && (
        <Menu.Item leftSection={<SlidersHorizontal size={16} />} onClick={() => onAsk("flags")}>
          <Trans>Change permissions</Trans>
        </Menu.Item>
      )}
      {mayHandOver && (
        <Menu.Item leftSection={<Crown size={16} />} onClick={() => onAsk("hand-over")}>
          <Trans>Hand over ownership</Trans>
        </Menu.Item>
      )}
      {!isMe && (
        <>
          <Menu.Divider />
          <Menu.Item
            leftSection={<UserMinus size={16} />}
            c="var(--c-danger-text)"
            onClick={() => onAsk("remove")}
          >
            <Trans>Remove from workspace</Trans>
          </Menu.Item>
        </>
      )}
    </>
  );
}
