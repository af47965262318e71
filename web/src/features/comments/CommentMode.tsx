/** In place of the message's composer: what is written here stays in the workspace. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { Lock, X } from "lucide-react";
import { useEffect } from "react";
import { CommentForm } from "./CommentForm";
import classes from "./comments.module.css";
import { QuotedMessage } from "./QuotedMessage";

interface CommentModeProps {
  chatId: string;
  /** The message that is commented on. */
  quotedId: number | undefined;
  onSaid: () => void;
  onLeave: () => void;
}

export default function CommentMode({ chatId, quotedId, onSaid, onLeave }: CommentModeProps) {
  const { t } = useLingui();
  useFocusOnMessages();
  return (
    <section className={classes.mode} aria-label={t`Internal comment`}>
      <CommentForm
        key={quotedId}
        subject={{ kind: "chat", id: chatId }}
        quotedId={quotedId}
        label={t`Internal comment`}
        placeholder={t`Comment for your team, @ to mention`}
        isFocused
        onSaid={onSaid}
        onLeave={onLeave}
        above={
          <>
            <p className={classes.about}>
              <Lock size={14} aria-hidden />
              <strong>
                <Trans>Internal comment</Trans>
              </strong>
              <span>
                <Trans>Everyone in this workspace sees this, the contact does not.</Trans>
              </span>
              <ActionIcon
                size={28}
                variant="transparent"
                className={classes.leave ?? ""}
                aria-label={t`Back to the message`}
                title={t`Back to the message`}
                onClick={onLeave}
              >
                <X size={16} />
              </ActionIcon>
            </p>
            {quotedId !== undefined && <QuotedMessage quote={{ chat_id: chatId, message_id: quotedId }} />}
          </>
        }
      />
    </section>
  );
}

/** The field takes the focus away with it. Keys of the chat, and Tab, then go on from the messages above. */
function useFocusOnMessages(): void {
  useEffect(
    () => () => {
      if (document.activeElement !== document.body) return;
      document.querySelector<HTMLElement>("[role=log]")?.focus({ preventScroll: true });
    },
    [],
  );
}
