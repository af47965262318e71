/** One member: who they are, what they may, and what the person at the screen can change about them. */

import { Trans } from "@lingui/react/macro";
import { Badge, Table, Text } from "@mantine/core";

import { Initials } from "@/components/Initials";
import type { Member } from "@/lib/api/types";
import { useMinuteMs } from "@/lib/clock";
import { useCan, useMe, useWorkspace } from "@/lib/session";
import { Moment } from "@/lib/time";

import { reaches, useRoleName } from "../roles";
import { MemberMarks } from "./MemberMarks";
import { MemberMenu } from "./MemberMenu";
import classes from "./MembersSettings.module.css";
import { isOnlyOwner, memberName } from "./members";
import { RoleSelect } from "./RoleSelect";
import { SecondFactor } from "./SecondFactor";

interface Props {
  member: Member;
  /** Everybody, this one among them. */
  members: readonly Member[];
}

export function MemberRow({ member, members }: Props) {
  const nowMs = useMinuteMs();
  const own = useWorkspace().role;
  const roleName = useRoleName();
  const isManager = useCan("members.manage");
  const mayManage = isManager && reaches(own, member.role);
  const isStuck = isOnlyOwner(members, member.user_id);
  return (
    <Table.Tr>
      <Table.Td>
        <Person member={member} />
      </Table.Td>
      <Table.Td className={classes.role}>
        {mayManage ? <RoleSelect member={member} isOnlyOwner={isStuck} /> : roleName(member.role)}
      </Table.Td>
      {isManager && (
        <Table.Td visibleFrom="sm">
          <SecondFactor has={member.has_second_factor} />
        </Table.Td>
      )}
      <Table.Td visibleFrom="sm">
        <Moment at={member.joined_at} nowMs={nowMs} />
      </Table.Td>
      <Table.Td className={classes.menu}>
        <MemberMenu member={member} mayManage={mayManage} />
      </Table.Td>
    </Table.Tr>
  );
}

function Person({ member }: { member: Member }) {
  const { user } = useMe();
  const name = memberName(member);
  const handle = `@${member.username}`;
  return (
    <div className={classes.person}>
      <Initials name={name} />
      <div className={classes.words}>
        <Text fw={500} className={classes.name}>
          <span>{name}</span>{" "}
          {member.user_id === user.id && (
            <Badge variant="light" color="gray" size="sm">
              <Trans>You</Trans>
            </Badge>
          )}
        </Text>
        <Text size="sm" c="dimmed" className={classes.name}>
          {member.alias === null ? handle : `${member.full_name} · ${handle}`}
        </Text>
        <MemberMarks member={member} />
      </div>
    </div>
  );
}
