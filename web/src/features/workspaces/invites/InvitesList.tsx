/** Invitations of the workspace: who may still come in, and what became of the others. */

import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link2 } from "lucide-react";

import { SettingsSection } from "@/components/SettingsSection";
import { EmptyState, ErrorState, LoadingRows } from "@/components/StateBlock";
import { useWorkspace } from "@/lib/session";

import { InviteRow } from "./InviteRow";
import classes from "./Invites.module.css";
import { newestOpenFirst } from "./inviteOrder";
import { invitesQuery } from "./invitesQuery";

export function InvitesList({ onInvite }: { onInvite: () => void }) {
  return (
    <SettingsSection
      title={<Trans>Invitations</Trans>}
      lead={<Trans>A link works once and for 7 days. Those of the last three months stand here.</Trans>}
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
      {newestOpenFirst(invites.data.invites).map((invite) => (
        <InviteRow key={invite.id} invite={invite} />
      ))}
    </ul>
  );
}
