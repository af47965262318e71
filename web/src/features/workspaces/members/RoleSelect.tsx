/** The role of a member, chosen among those one may give. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Select } from "@mantine/core";
import { useState } from "react";

import type { Member, Role } from "@/lib/api/types";
import { notifyDone, notifyProblem, notifyUndo } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useMe, useWorkspace } from "@/lib/session";

import { grantableRoles, useRoleName } from "../roles";
import { ConfirmRoleDialog } from "./ConfirmRoleDialog";
import classes from "./MembersSettings.module.css";
import { memberName, useChangeMember } from "./members";

interface Props {
  member: Member;
  /** Then the role cannot change, and it is said why. */
  isOnlyOwner: boolean;
}

export function RoleSelect({ member, isOnlyOwner }: Props) {
  const { t } = useLingui();
  const own = useWorkspace().role;
  const isMe = useMe().user.id === member.user_id;
  const roleName = useRoleName();
  const [asked, setAsked] = useState<Role | null>(null);
  const give = useGiveRole(member);
  const roles = grantableRoles(own);
  const name = memberName(member);
  const pick = (role: Role) => {
    if (role === member.role) return;
    // Nobody below can take it back: making an Owner, and giving one's own role away.
    if (role === "owner" || isMe) setAsked(role);
    else give(role);
  };
  if (isOnlyOwner) return <OnlyOwner role={roleName(member.role)} />;
  if (roles.length < 2) return roleName(member.role);
  return (
    <>
      <Select
        size="sm"
        className={classes.roleSelect}
        aria-label={t`Role of ${name}`}
        allowDeselect={false}
        data={roles.map((role) => ({ value: role, label: roleName(role) }))}
        value={member.role}
        onChange={(role) => pick(role as Role)}
      />
      {asked !== null && (
        <ConfirmRoleDialog
          member={member}
          role={asked}
          onConfirm={() => give(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

function OnlyOwner({ role }: { role: string }) {
  return (
    <>
      {role}
      <span className={classes.note}>
        <Trans>Make another Owner first to change this.</Trans>
      </span>
    </>
  );
}

/** Changes the role at once and offers to take it back, where that is still in one's power. */
function useGiveRole(member: Member): (role: Role) => void {
  const { t } = useLingui();
  const roleName = useRoleName();
  const isMe = useMe().user.id === member.user_id;
  const { change } = useChangeMember(member.user_id);
  const name = memberName(member);
  const refused = (error: unknown) => notifyProblem(problemText(error));
  return (role) => {
    const undo = () => void change({ role: member.role }).catch(refused);
    const done = () => {
      const message = t`${name} is ${roleName(role)} now.`;
      if (isMe) notifyDone(message);
      else notifyUndo(message, undo);
    };
    void change({ role }).then(done, refused);
  };
}
