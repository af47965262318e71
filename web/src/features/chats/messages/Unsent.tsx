/** Says of what was written here that it was not sent, or perhaps was, and offers to try again or to drop it. */

import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import { useOutbox, useWharf } from "../ChatsProvider";
import classes from "./Bubble.module.css";
import type { Outgoing } from "./log";

export function Unsent({ chatId, outgoing }: { chatId: string; outgoing: Outgoing }) {
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
