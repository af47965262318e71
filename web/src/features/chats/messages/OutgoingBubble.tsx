/** A text written here that is not confirmed: on its way, failed, or perhaps sent. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { Clock, TriangleAlert } from "lucide-react";
import { lazy, Suspense } from "react";
import { useOutbox, useWharf } from "../ChatsProvider";
import { clockTime } from "../times";
import classes from "./Bubble.module.css";
import { formatted } from "./entities";
import type { Outgoing } from "./log";

const OutgoingFiles = lazy(async () => ({ default: (await import("../media/OutgoingFiles")).OutgoingFiles }));

export function OutgoingBubble({ chatId, outgoing }: { chatId: string; outgoing: Outgoing }) {
  return (
    <article className={classes.line} data-direction="out" data-opens>
      <div className={classes.bubble} data-state={outgoing.state}>
        {outgoing.forwarded && (
          <div className={classes.forwarded}>
            <Trans>Forwarded</Trans>
          </div>
        )}
        <Suspense>
          {outgoing.files && <OutgoingFiles chatId={chatId} outgoing={outgoing} files={outgoing.files} />}
        </Suspense>
        {outgoing.text !== "" && (
          <div className={classes.text} dir="auto">
            {formatted(outgoing.text, outgoing.entities)}
          </div>
        )}
        {outgoing.state === "waiting" ? (
          <Waiting outgoing={outgoing} />
        ) : (
          <Unsent chatId={chatId} outgoing={outgoing} />
        )}
      </div>
    </article>
  );
}

function Waiting({ outgoing }: { outgoing: Outgoing }) {
  const { t } = useLingui();
  return (
    <span className={classes.meta}>
      {outgoing.reason}
      <time>{clockTime(new Date(outgoing.createdAt).toISOString())}</time>
      <Clock size={14} role="img" aria-label={t`Sending`} className={classes.tick} />
    </span>
  );
}

function Unsent({ chatId, outgoing }: { chatId: string; outgoing: Outgoing }) {
  const outbox = useOutbox();
  const wharf = useWharf();
  const { clientId, state, reason } = outgoing;
  const shipments = () => wharf.shipments();
  const retry = () =>
    outgoing.files
      ? void shipments().then((files) => files.retry(chatId, clientId))
      : outbox.retry(chatId, clientId);
  const discard = () =>
    outgoing.files
      ? void shipments().then((files) => files.cancel(chatId, clientId))
      : outbox.discard(chatId, clientId);
  return (
    <div className={classes.unsent} role="alert">
      <span className={classes.unsentReason}>
        <TriangleAlert size={14} aria-hidden />
        {state === "unknown" ? <Trans>May have been sent</Trans> : <Trans>Not sent</Trans>}
        {reason && <span>· {reason}</span>}
      </span>
      <span>
        <Button size="compact-xs" variant="subtle" onClick={retry}>
          <Trans>Retry</Trans>
        </Button>
        <Button size="compact-xs" variant="subtle" color="red" onClick={discard}>
          <Trans>Delete</Trans>
        </Button>
      </span>
    </div>
  );
}
