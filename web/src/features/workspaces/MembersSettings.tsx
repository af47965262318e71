/** Who is in the workspace, and who is invited. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Badge, Button, Table, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { UserPlus } from "lucide-react";

import { Initials } from "@/components/Initials";
import { SettingsSection } from "@/components/SettingsSection";
import { ErrorState, LoadingRows } from "@/components/StateBlock";
import { api } from "@/lib/api/client";
import type { Member } from "@/lib/api/types";
import { useNowMs } from "@/lib/clock";
import { usePageTitle } from "@/lib/pageTitle";
import { isAdmin, useMe, useWorkspace } from "@/lib/session";
import { Moment } from "@/lib/time";

import { InviteDialog } from "./InviteDialog";
import { InvitesList } from "./InvitesList";
import classes from "./MembersSettings.module.css";
import { useRoleName } from "./roles";

export function MembersSettings() {
  const { t } = useLingui();
  const workspace = useWorkspace();
  const [isInviting, inviting] = useDisclosure(false);
  usePageTitle(t`Members`, t`Settings`);
  const mayInvite = isAdmin(workspace.role);
  return (
    <>
      <SettingsSection
        title={<Trans>Members</Trans>}
        lead={
          <Trans>
            Everyone here shares the columns and their values. Messages stay with whoever connected the
            account.
          </Trans>
        }
        action={
          mayInvite && (
            <Button leftSection={<UserPlus size={16} />} onClick={inviting.open} className={classes.invite}>
              <Trans>Invite</Trans>
            </Button>
          )
        }
      >
        <MembersTable />
      </SettingsSection>
      {mayInvite && <InvitesList onInvite={inviting.open} />}
      {mayInvite && <InviteDialog opened={isInviting} onClose={inviting.close} />}
    </>
  );
}

function MembersTable() {
  const workspace = useWorkspace();
  const members = api.useQuery("get", "/workspaces/{workspace_id}/members", {
    params: { path: { workspace_id: workspace.id } },
  });
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
          <Table.Th visibleFrom="sm">
            <Trans>Joined</Trans>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {members.data.members.map((member) => (
          <MemberRow key={member.user_id} member={member} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function MemberRow({ member }: { member: Member }) {
  const { user } = useMe();
  const roleName = useRoleName();
  const nowMs = useNowMs();
  return (
    <Table.Tr>
      <Table.Td>
        <div className={classes.person}>
          <Initials name={member.full_name} />
          <div>
            <Text fw={500}>
              {member.full_name}{" "}
              {member.user_id === user.id && (
                <Badge variant="light" color="gray" size="sm">
                  <Trans>You</Trans>
                </Badge>
              )}
            </Text>
            <Text size="sm" c="dimmed">
              @{member.username}
            </Text>
          </div>
        </div>
      </Table.Td>
      <Table.Td>{roleName(member.role)}</Table.Td>
      <Table.Td visibleFrom="sm">
        <Moment at={member.joined_at} nowMs={nowMs} />
      </Table.Td>
    </Table.Tr>
  );
}
