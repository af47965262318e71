/** Who is signed in to my account at Telegram: read when it is opened, kept nowhere. Keep or end what is new. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Badge, Button, Group, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { ConfirmDialog } from "@/components/ConfirmDialog";
import { Dialog } from "@/components/Dialog";
import { ErrorState, LoadingRows } from "@/components/StateBlock";
import type { Account } from "@/lib/api/types";
import { useNowMs } from "@/lib/clock";
import { notifyDone, notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { Moment } from "@/lib/time";
import { useLive } from "@/live/LiveProvider";
import type { TelegramSession } from "@/live/requests";

import { accountTitle } from "./accounts";
import classes from "./SessionsDialog.module.css";

export function SessionsDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const title = accountTitle(account);
  return (
    <Dialog opened onClose={onClose} size="lg" title={<Trans>Sessions of {title} at Telegram</Trans>}>
      <Sessions accountId={account.id} />
    </Dialog>
  );
}

function sessionsKey(accountId: string) {
  return ["telegram sessions", accountId] as const;
}

function Sessions({ accountId }: { accountId: string }) {
  const live = useLive();
  const sessions = useQuery({
    queryKey: sessionsKey(accountId),
    queryFn: () => live.request("sessions.list", { account_id: accountId }),
    gcTime: 0,
    retry: false,
  });
  if (sessions.isPending) return <LoadingRows rows={3} height={64} />;
  if (sessions.isError) return <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />;
  return (
    <ul className={classes.list}>
      {sessions.data.sessions.map((session) => (
        <SessionLine key={session.id} session={session} accountId={accountId} />
      ))}
    </ul>
  );
}

function SessionLine({ session, accountId }: { session: TelegramSession; accountId: string }) {
  const nowMs = useNowMs();
  return (
    <li className={classes.session} data-new={session.is_new || undefined}>
      <div className={classes.facts}>
        <Group gap="xs">
          <Text fw={600}>{session.device}</Text>
          {session.is_ours && (
            <Badge variant="light" color="gray">
              <Trans>This connection</Trans>
            </Badge>
          )}
          {session.is_new && (
            <Badge variant="light" color="red">
              <Trans>New</Trans>
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {[session.app, session.place, session.ip].filter(Boolean).join(" · ")}
        </Text>
        <Text size="xs" c="dimmed">
          <Trans>
            Since <Moment at={session.since} nowMs={nowMs} />, active{" "}
            <Moment at={session.active_at} nowMs={nowMs} />
          </Trans>
        </Text>
      </div>
      {!session.is_ours && <Verdict session={session} accountId={accountId} />}
    </li>
  );
}

function Verdict({ session, accountId }: { session: TelegramSession; accountId: string }) {
  const { t } = useLingui();
  const keep = useVerdict("sessions.keep", accountId, t`The session is kept as yours.`);
  const end = useVerdict("sessions.end", accountId, t`The session is ended at Telegram.`);
  const isBusy = keep.isPending || end.isPending;
  const [isAsking, setAsking] = useState(false);
  const where = [session.device, session.place].filter(Boolean).join(", ");
  return (
    <Group gap="xs" className={classes.verdict}>
      {session.is_new && (
        <Button size="compact-sm" variant="default" disabled={isBusy} onClick={() => keep.mutate(session.id)}>
          <Trans>Keep</Trans>
        </Button>
      )}
      <Button size="compact-sm" variant="light" color="red" disabled={isBusy} onClick={() => setAsking(true)}>
        <Trans>End session</Trans>
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t`End session`}
          action={t`End session`}
          isBusy={end.isPending}
          onConfirm={() => end.mutate(session.id, { onSettled: () => setAsking(false) })}
          onClose={() => setAsking(false)}
        >
          <Trans>{where} is signed out of Telegram at once. Whoever uses it has to sign in there anew.</Trans>
        </ConfirmDialog>
      )}
    </Group>
  );
}

function useVerdict(type: "sessions.keep" | "sessions.end", accountId: string, done: string) {
  const live = useLive();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (session: string) => live.request(type, { account_id: accountId, session }),
    onSuccess: () => notifyDone(done),
    onError: (error) => notifyProblem(problemText(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: sessionsKey(accountId) }),
  });
}
