/** Invitations of the workspace: who may still come in, and taking one back. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Badge, Button, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link2 } from "lucide-react";

import { SettingsSection } from "@/components/SettingsSection";
import { EmptyState, ErrorState, LoadingRows } from "@/components/StateBlock";
import { api } from "@/lib/api/client";
import type { Invite } from "@/lib/api/types";
import { useNowMs } from "@/lib/clock";
import { notifyDone, notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";
import { Moment } from "@/lib/time";

import { invitesQuery } from "./invitesQuery";
import classes from "./MembersSettings.module.css";
import { useRoleName } from "./roles";

export function InvitesList({ onInvite }: { onInvite: () => void }) {
  return (
    <SettingsSection
      title={<Trans>Invitations</Trans>}
      lead={<Trans>A link works once and for 7 days.</Trans>}
    >
      <Invites onInvite={onInvite} />
    </SettingsSection>
  );
}

function Invites({ onInvite }: { onInvite: () => void }) {
  const workspace = useWorkspace();
  const invites = useQuery(invitesQuery(workspace.id));
  if (invites.isPending) return <LoadingRows rows={2} height={48} />;
  if (invites.isError) return <ErrorState error={invites.error} onRetry={() => void invites.refetch()} />;
  if (invites.data.invites.length === 0) {
    return (
      <EmptyState
        icon={Link2}
        title={<Trans>No open invitations</Trans>}
        action={
          <Button variant="default" onClick={onInvite}>
            <Trans>Invite someone</Trans>
          </Button>
        }
      >
        <Trans>Make a link and send it to a teammate.</Trans>
      </EmptyState>
    );
  }
  return (
    <ul className={classes.list}>
      {invites.data.invites.map((invite) => (
        <InviteRow key={invite.id} invite={invite} />
      ))}
    </ul>
  );
}

function InviteRow({ invite }: { invite: Invite }) {
  const { t } = useLingui();
  const nowMs = useNowMs();
  const roleName = useRoleName();
  const revoke = useRevoke(invite.id);
  const who = invite.email ?? t`Anyone with the link`;
  const isOpen = invite.state === "open";
  return (
    <li className={classes.row}>
      <div className={classes.grow}>
        <Text fw={500}>{who}</Text>
        <Text size="sm" c="dimmed">
          {roleName(invite.role)} · <Trans>expires</Trans> <Moment at={invite.expires_at} nowMs={nowMs} />
        </Text>
      </div>
      {isOpen ? (
        <Button
          variant="default"
          size="compact-sm"
          loading={revoke.isPending}
          onClick={revoke.run}
          aria-label={t`Revoke the invitation for ${who}`}
        >
          <Trans>Revoke</Trans>
        </Button>
      ) : (
        <InviteState state={invite.state} />
      )}
    </li>
  );
}

function InviteState({ state }: { state: Invite["state"] }) {
  const { t } = useLingui();
  const words: Record<Invite["state"], string> = {
    open: t`Open`,
    used: t`Used`,
    revoked: t`Revoked`,
    expired: t`Expired`,
  };
  return (
    <Badge variant="light" color="gray">
      {words[state]}
    </Badge>
  );
}

function useRevoke(inviteId: string) {
  const { t } = useLingui();
  const workspace = useWorkspace();
  const queryClient = useQueryClient();
  const mutation = api.useMutation("delete", "/workspaces/{workspace_id}/invites/{invite_id}", {
    onSuccess: () => notifyDone(t`Invitation revoked.`),
    onError: (error) => notifyProblem(problemText(error)),
    onSettled: () => queryClient.invalidateQueries(invitesQuery(workspace.id)),
  });
  const path = { workspace_id: workspace.id, invite_id: inviteId };
  return { isPending: mutation.isPending, run: () => mutation.mutate({ params: { path } }) };
}
