/** Where messages are written: Enter sends, Shift+Enter breaks the line, ↑ edits the last one, Ctrl+↑ answers. */

import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Text } from "@mantine/core";
import { Baseline, Check, Lock } from "lucide-react";
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { GrowingField } from "@/components/GrowingField";
import { formatted } from "@/features/formatting/entities";
import { type Formatted, type MarkType, trimmed } from "@/features/formatting/formatting";
import { lookOf, replyStepOf } from "@/features/formatting/looks";
import type { Left } from "@/features/templates/gaps";
import type { Carried } from "@/features/templates/picker/carried";
import type { Slash } from "@/features/templates/picker/slash";
import type { Chat } from "@/lib/api/types";
import type { Message, MessageEntity } from "@/live/types";
import { AttachButton } from "../media/AttachButton";
import { usePicking } from "../media/Attachments";
import { VoiceButton } from "../media/VoiceButton";
import classes from "./Composer.module.css";
import { SendButton, type SendOptions } from "./SendButton";
import { type Composing, useComposing } from "./useComposing";
import { ofPicker, useTemplateAids } from "./useTemplateAids";

const PurposeBar = lazy(async () => ({ default: (await import("./PurposeBar")).PurposeBar }));
const FormatBar = lazy(async () => ({
  default: (await import("@/features/formatting/FormatBar")).FormatBar,
}));
const LinkField = lazy(async () => ({
  default: (await import("@/features/formatting/LinkField")).LinkField,
}));
const TemplateAids = lazy(async () => ({
  default: (await import("@/features/templates/picker/TemplateAids")).TemplateAids,
}));

const TEXT_MAX = 4_096;
const COUNT_FROM = 3_500;

/** What the text is for: a new message, an answer to one, or a change of one. */
export type Purpose = { kind: "new" } | { kind: "reply"; to: Message } | { kind: "edit"; message: Message };

export interface ComposerProps {
  chat: Chat;
  purpose: Purpose;
  onSend: (written: Formatted, options: SendOptions) => void;
  onCancelPurpose: () => void;
  onEditLast: () => void;
  onStepReply: (step: -1 | 1) => void;
  /** Writes an internal comment instead; undefined where the person may not. */
  onComment: (() => void) | undefined;
  /** Why nothing can be sent here; the field is disabled and says so. */
  blocked: ReactNode;
}

/** Mount it anew for each chat and purpose (key). What is typed for a new message is kept by Telegram as a draft. */
export function Composer(props: ComposerProps) {
  const { chat, purpose, onCancelPurpose, blocked } = props;
  const { t } = useLingui();
  const composing = useComposing(chat.id, purpose);
  const { text, field } = composing;
  const { isRecording } = usePicking();
  useFocusOn(purpose, composing);
  const [showsLooks, setShowsLooks] = useState(false);
  const [isLinking, setLinking] = useState(false);
  const { left, slash, areWanted } = useTemplateAids(text, chat.kind !== "bot" && !blocked);
  const { isTooLong, isReady, send, carried, carry } = useSending(props, composing, left);
  const isEdit = purpose.kind === "edit";
  const look = (type: MarkType) => (type === "text_link" ? setLinking(true) : composing.look(type));
  const onKeyDown = onKeys({ props, composing, slash, send, look });
  return (
    <div className={classes.composer}>
      <Suspense>
        {purpose.kind !== "new" && <PurposeBar purpose={purpose} onCancel={onCancelPurpose} />}
      </Suspense>
      {blocked && (
        <Text size="sm" c="dimmed" className={classes.blocked} id="composer-blocked">
          {blocked}
        </Text>
      )}
      <Look composing={composing} left={left} />
      <Suspense>
        {(areWanted || carried.length > 0) && (
          <TemplateAids
            {...{ chat, field, left, slash, carried }}
            onCarry={carry}
            onFill={composing.fill}
            onSend={() => send({}, true)}
          />
        )}
        {isLinking && (
          <LinkField
            onLink={(url) => {
              composing.look("text_link", url);
              setLinking(false);
            }}
            onCancel={() => {
              setLinking(false);
              field.current?.focus();
            }}
          />
        )}
        {showsLooks && <FormatBar onLook={look} />}
      </Suspense>
      <div className={classes.row} data-empty={text === ""} hidden={isRecording}>
        <ActionIcon
          className={classes.formatting}
          size={36}
          variant="subtle"
          color="gray"
          aria-label={t`Formatting`}
          title={t`Formatting`}
          aria-expanded={showsLooks}
          disabled={Boolean(blocked)}
          onClick={() => setShowsLooks(!showsLooks)}
        >
          <Baseline size={18} />
        </ActionIcon>
        {!isEdit && props.onComment && <CommentButton onComment={props.onComment} />}
        {!isEdit && <AttachButton isDisabled={Boolean(blocked)} />}
        <GrowingField
          ref={field}
          className={classes.field}
          aria-label={t`Message`}
          aria-describedby={blocked ? "composer-blocked" : undefined}
          placeholder={t`Write a message`}
          disabled={Boolean(blocked)}
          isWrong={isTooLong}
          value={text}
          onChange={(event) => composing.write(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <Ending
          isEdit={isEdit}
          isEmpty={text === ""}
          isBlocked={Boolean(blocked)}
          isReady={isReady}
          hasFiles={carried.length > 0}
          onSend={send}
        />
      </div>
      <Length text={text} isTooLong={isTooLong} />
    </div>
  );
}

/** How long the text is, once that matters. */
function Length({ text, isTooLong }: { text: string; isTooLong: boolean }) {
  if (text.length <= COUNT_FROM) return null;
  return (
    <Text size="xs" c={isTooLong ? "red" : "dimmed"} ta="end" className="tabular" role="status">
      {text.length} / {TEXT_MAX}
    </Text>
  );
}

/** What Enter sends: the text, and behind it the files of a template; and whether it can be sent. */
function useSending(
  { purpose, onSend, blocked }: ComposerProps,
  composing: Composing,
  left: readonly Left[],
) {
  const picking = usePicking();
  const carried = purpose.kind === "edit" ? NO_FILES : picking.carried;
  const { text, field } = composing;
  const isTooLong = text.length > TEXT_MAX;
  const hasText = text.trim() !== "";
  const isWhole = carried.every(({ fetched }) => fetched);
  const canSend = (hasText || carried.length > 0) && isWhole && !isTooLong && !blocked;
  const send = (options: SendOptions = {}, isInsisted = false) => {
    if (!canSend) return;
    if (left[0] && !isInsisted) return field.current?.setSelectionRange(left[0].from, left[0].to);
    if (hasText) onSend(trimmed(composing), options);
    if (carried.length > 0) picking.sendCarried();
    composing.clear();
    // The button that was pressed can't be pressed again yet, and would lose the focus.
    field.current?.focus();
  };
  return {
    isTooLong,
    isReady: canSend && left.length === 0,
    send,
    carried,
    carry: purpose.kind === "edit" ? undefined : picking.carry,
  };
}

const NO_FILES: readonly Carried[] = [];

interface Keyed {
  props: ComposerProps;
  composing: Composing;
  slash: Slash;
  send: () => void;
  look: (type: MarkType) => void;
}

function onKeys(keyed: Keyed) {
  return (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const act = ofPicker(event, keyed.slash) ?? actOf(event, keyed);
    if (!act) return;
    act();
    event.preventDefault();
    event.stopPropagation();
  };
}

/** What a key does here, where it does anything but write. */
function actOf(event: KeyboardEvent, { props, composing, send, look }: Keyed): (() => void) | undefined {
  const { purpose, onCancelPurpose, onEditLast, onStepReply } = props;
  const isEdit = purpose.kind === "edit";
  const [type, step] = [lookOf(event), replyStepOf(event)];
  if (type) return () => look(type);
  if (step && !isEdit) return () => onStepReply(step);
  switch (event.key) {
    case "Enter":
      return event.shiftKey ? undefined : send;
    case "ArrowUp":
      return composing.text === "" && !isEdit ? onEditLast : undefined;
    case "Escape":
      return purpose.kind === "new" ? undefined : onCancelPurpose;
  }
  return undefined;
}

/** How it will look: a field shows letters only. */
function Look({ composing, left }: { composing: Composing; left: readonly Left[] }) {
  const { t } = useLingui();
  if (composing.entities.length + left.length === 0) return null;
  const gaps = left.map(
    ({ from, to }): MessageEntity => ({ type: "gap", offset: from, length: to - from, url: null }),
  );
  return (
    <section className={classes.look} aria-label={t`How it will look`} dir="auto">
      {formatted(composing.text, [...composing.entities, ...gaps])}
    </section>
  );
}

function CommentButton({ onComment }: { onComment: () => void }) {
  const { t } = useLingui();
  const label = t`Internal comment`;
  return (
    <ActionIcon size={36} variant="subtle" color="gray" aria-label={label} title={label} onClick={onComment}>
      <Lock size={18} />
    </ActionIcon>
  );
}

interface EndingProps {
  isEdit: boolean;
  isEmpty: boolean;
  isBlocked: boolean;
  /** Whether what is written can be sent as it is. */
  isReady: boolean;
  /** Whether files of a template follow what is written. */
  hasFiles: boolean;
  onSend: (options?: SendOptions) => void;
}

/** What ends the writing: a change is saved, all else is sent, and before a word is written it can be spoken. */
function Ending({ isEdit, isEmpty, isBlocked, isReady, hasFiles, onSend }: EndingProps) {
  if (isEdit) return <SaveButton isDisabled={!isReady} onSave={() => onSend()} />;
  return (
    <>
      {isEmpty && <VoiceButton isDisabled={isBlocked} />}
      <SendButton isDisabled={!isReady} hasFiles={hasFiles} onSend={onSend} />
    </>
  );
}

function SaveButton({ isDisabled, onSave }: { isDisabled: boolean; onSave: () => void }) {
  const { t } = useLingui();
  return (
    <ActionIcon
      size={36}
      variant="filled"
      color="brand"
      aria-label={t`Save`}
      title={t`Save`}
      disabled={isDisabled}
      onClick={onSave}
    >
      <Check size={18} />
    </ActionIcon>
  );
}

/** Choosing to answer or change a message puts the cursor where the text goes; opening a chat does not. */
function useFocusOn(purpose: Purpose, { field }: Composing) {
  useEffect(() => {
    if (purpose.kind !== "new") field.current?.focus();
  }, [purpose, field]);
}
