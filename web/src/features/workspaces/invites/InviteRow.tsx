/** One invitation: for whom, until when, in which state, and what can be done about it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Badge, Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";

import { Dialog } from "@/components/Dialog";
import type { Invite, NewInvite } from "@/lib/api/types";
import { useMinuteMs } from "@/lib/clock";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";
import { Moment } from "@/lib/time";

import { memberName, useMembers } from "../members/members";
import { reaches, useRoleName } from "../roles";
import classes from "./Invites.module.css";
import { MadeLink } from "./MadeLink";
import { RevokeDialog } from "./RevokeDialog";
import { useResend } from "./useResend";

export function InviteRow({ invite }: { invite: Invite }) {
  const { t } = useLingui();
  const own = useWorkspace().role;
  const who = invite.email ?? t`Anyone with the link`;
  const isWaiting = invite.state === "open" || invite.state === "expired";
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <Text fw={500} className={classes.who}>
          {who}
        </Text>
        <Facts invite={invite} />
      </div>
      <InviteState state={invite.state} />
      {isWaiting && reaches(own, invite.role) && <Actions invite={invite} who={who} />}
    </li>
  );
}

function Facts({ invite }: { invite: Invite }) {
  const nowMs = useMinuteMs();
  const role = useRoleName()(invite.role);
  const inviter = useMembers().data?.members.find((each) => each.user_id === invite.invited_by);
  const by = inviter && memberName(inviter);
  return (
    <Text size="sm" c="dimmed">
      {by === undefined ? (
        role
      ) : (
        <Trans>
          {role} · invited by {by}
        </Trans>
      )}
      {invite.state === "open" && (
        <>
          {" · "}
          <Trans>
            expires <Moment at={invite.expires_at} nowMs={nowMs} />
          </Trans>
        </>
      )}
      {invite.state === "expired" && (
        <>
          {" · "}
          <Trans>
            expired <Moment at={invite.expires_at} nowMs={nowMs} />
          </Trans>
        </>
      )}
    </Text>
  );
}

function InviteState({ state }: { state: Invite["state"] }) {
  const { t } = useLingui();
  const words: Record<Invite["state"], { name: string; color: string }> = {
    open: { name: t`Open`, color: "brand" },
    used: { name: t`Used`, color: "green" },
    revoked: { name: t`Revoked`, color: "gray" },
    expired: { name: t`Expired`, color: "yellow" },
  };
  const { name, color } = words[state];
  return (
    <Badge variant="light" color={color}>
      {name}
    </Badge>
  );
}

/** Resending makes a new link and shows it once; the old one stops working. */
function Actions({ invite, who }: { invite: Invite; who: string }) {
  const { t } = useLingui();
  const [made, setMade] = useState<NewInvite | null>(null);
  const [isRevoking, revoking] = useDisclosure(false);
  const resend = useResend(invite.id);
  const send = () => resend.run().then(setMade, (error: unknown) => notifyProblem(problemText(error)));
  return (
    <Group gap="xs">
      <Button
        variant="default"
        size="compact-sm"
        loading={resend.isPending}
        onClick={() => void send()}
        aria-label={t`Resend the invitation for ${who}`}
      >
        <Trans>Resend</Trans>
      </Button>
      {invite.state === "open" && (
        <Button
          variant="default"
          size="compact-sm"
          onClick={revoking.open}
          aria-label={t`Revoke the invitation for ${who}`}
        >
          <Trans>Revoke</Trans>
        </Button>
      )}
      {isRevoking && <RevokeDialog invite={invite} who={who} onClose={revoking.close} />}
      <Dialog
        opened={made !== null}
        onClose={() => setMade(null)}
        title={<Trans>A new link for {who}</Trans>}
      >
        {made && <MadeLink invite={made} onDone={() => setMade(null)} />}
      </Dialog>
    </Group>
  );
}
