/** Everybody in the workspace, in the order of joining. */

import { Trans } from "@lingui/react/macro";
import { Table } from "@mantine/core";

import { ErrorState, LoadingRows } from "@/components/StateBlock";
import { useCan } from "@/lib/session";

import { MemberRow } from "./MemberRow";
import classes from "./MembersSettings.module.css";
import { useMembers } from "./members";

export function MembersTable() {
  const knowsFactors = useCan("members.manage");
  const members = useMembers();
  if (members.isPending) return <LoadingRows rows={3} height={48} />;
  if (members.isError) return <ErrorState error={members.error} onRetry={() => void members.refetch()} />;
  return (
    <Table verticalSpacing="sm" className={classes.table}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>
            <Trans>Person</Trans>
          </Table.Th>
          <Table.Th>
            <Trans>Role</Trans>
          </Table.Th>
          {knowsFactors && (
            <Table.Th visibleFrom="sm">
              <Trans>Two-step</Trans>
            </Table.Th>
          )}
          <Table.Th visibleFrom="sm">
            <Trans>Joined</Trans>
          </Table.Th>
          <Table.Th className={classes.menu}>
            <span className={classes.hidden}>
              <Trans>Actions</Trans>
            </span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {members.data.members.map((member) => (
          <MemberRow key={member.user_id} member={member} members={members.data.members} />
        ))}
      </Table.Tbody>
    </Table>
  );
}
