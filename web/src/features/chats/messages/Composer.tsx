/** Where messages are written: Enter sends, Shift+Enter breaks the line, ↑ in an empty field edits the last one. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Text, Textarea } from "@mantine/core";
import { Check, Pencil, Reply, SendHorizontal, X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { Message } from "@/live/types";
import { useMessageStore } from "../ChatsProvider";
import classes from "./Composer.module.css";

const TEXT_MAX = 4_096;
const COUNT_FROM = 3_500;

/** What the text is for: a new message, an answer to one, or a change of one. */
export type Purpose = { kind: "new" } | { kind: "reply"; to: Message } | { kind: "edit"; message: Message };

interface ComposerProps {
  chatId: string;
  purpose: Purpose;
  onSend: (text: string) => void;
  onCancelPurpose: () => void;
  onEditLast: () => void;
  /** Why nothing can be sent here; the field is disabled and says so. */
  blocked: ReactNode;
}

/** Mount it anew for each chat and purpose (key). What is typed for a new message survives changing chats. */
export function Composer({ chatId, purpose, onSend, onCancelPurpose, onEditLast, blocked }: ComposerProps) {
  const { t } = useLingui();
  const store = useMessageStore();
  const isEdit = purpose.kind === "edit";
  const [text, setText] = useState(isEdit ? purpose.message.text : store.draft(chatId));
  const field = useFocusOn(purpose);
  const problem = text.length > TEXT_MAX;
  const canSend = text.trim() !== "" && !problem && !blocked;
  const write = (next: string) => {
    setText(next);
    if (!isEdit) store.setDraft(chatId, next);
  };
  const send = () => {
    if (!canSend) return;
    onSend(text.trim());
    write("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) send();
    else if (event.key === "ArrowUp" && text === "" && !isEdit) onEditLast();
    else if (event.key === "Escape" && purpose.kind !== "new") onCancelPurpose();
    else return;
    event.preventDefault();
  };
  return (
    <div className={classes.composer}>
      {purpose.kind !== "new" && <PurposeBar purpose={purpose} onCancel={onCancelPurpose} />}
      {blocked && (
        <Text size="sm" c="dimmed" className={classes.blocked} id="composer-blocked">
          {blocked}
        </Text>
      )}
      <div className={classes.row}>
        <Textarea
          ref={field}
          className={classes.field}
          aria-label={t`Message`}
          aria-describedby={blocked ? "composer-blocked" : undefined}
          placeholder={t`Write a message`}
          autosize
          minRows={1}
          maxRows={10}
          dir="auto"
          disabled={Boolean(blocked)}
          error={problem}
          value={text}
          onChange={(event) => write(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <ActionIcon
          size={36}
          variant="filled"
          color="brand"
          aria-label={isEdit ? t`Save` : t`Send`}
          title={isEdit ? t`Save` : t`Send`}
          disabled={!canSend}
          onClick={send}
        >
          {isEdit ? <Check size={18} /> : <SendHorizontal size={18} />}
        </ActionIcon>
      </div>
      {text.length > COUNT_FROM && (
        <Text size="xs" c={problem ? "red" : "dimmed"} ta="end" className="tabular" role="status">
          {text.length} / {TEXT_MAX}
        </Text>
      )}
    </div>
  );
}

/** Choosing to answer or change a message puts the cursor where the text goes; opening a chat does not. */
function useFocusOn(purpose: Purpose) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (purpose.kind !== "new") field.current?.focus();
  }, [purpose]);
  return field;
}

function PurposeBar({
  purpose,
  onCancel,
}: {
  purpose: Exclude<Purpose, { kind: "new" }>;
  onCancel: () => void;
}) {
  const { t } = useLingui();
  const isReply = purpose.kind === "reply";
  const message = isReply ? purpose.to : purpose.message;
  const Icon = isReply ? Reply : Pencil;
  return (
    <div className={classes.purpose}>
      <Icon size={16} aria-hidden />
      <div className={classes.about}>
        <strong>{isReply ? <ReplyTo message={message} /> : <Trans>Edit message</Trans>}</strong>
        <span dir="auto">{message.text || <Trans>Attachment</Trans>}</span>
      </div>
      <ActionIcon size={28} aria-label={t`Cancel`} onClick={onCancel}>
        <X size={16} />
      </ActionIcon>
    </div>
  );
}

function ReplyTo({ message }: { message: Message }) {
  const name = message.sender?.name;
  if (message.direction === "out") return <Trans>Reply to yourself</Trans>;
  return name ? <Trans>Reply to {name}</Trans> : <Trans>Reply</Trans>;
}
