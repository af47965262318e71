/** The messages of one chat, oldest at the top, live, with older ones loaded as one scrolls up. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, VisuallyHidden } from "@mantine/core";
import { ArrowDown } from "lucide-react";
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Virtualizer } from "virtua";
import type { Chat } from "@/lib/api/types";
import type { Message } from "@/live/types";
import { dayName } from "../times";
import { Bubble, type BubbleActions } from "./Bubble";
import { useOlderHistory } from "./history";
import type { ChatLog } from "./log";
import classes from "./MessageLog.module.css";
import { OutgoingBubble } from "./OutgoingBubble";
import { firstUnread, type Row, rowsOf } from "./rows";
import { type Place, useShownFromOutside } from "./showMessage";
import { useArranged } from "./useArranged";
import { useMarkRead } from "./useMarkRead";
import { useStickyScroll } from "./useStickyScroll";

const NoteLine = lazy(() => import("@/features/comments/NoteLine"));

interface MessageLogProps extends Omit<BubbleActions, "onShow"> {
  chat: Chat;
  log: ChatLog;
  /** Shows a message that stands further back than what is loaded. */
  onFarBack: (messageId: number) => void;
}

/** Mount it anew for each chat (key), with a loaded log: where it opens depends on what was unread then. */
export function MessageLog({ chat, log, onFarBack, ...actions }: MessageLogProps) {
  const { t } = useLingui();
  const [unreadFromId] = useState(() => firstUnread(log.messages, chat.private?.unread_count ?? 0));
  const spoken = useMemo(() => rowsOf(log, unreadFromId), [log, unreadFromId]);
  const [rows, notes] = useArranged(chat.id, log, spoken);
  const keys = useMemo(() => rows.map((row) => row.key), [rows]);
  const { loadOlder, isFailed } = useOlderHistory(chat.id);
  const scroll = useStickyScroll(keys, keys.indexOf("unread"), loadOlder);
  const unseen = useUnseen(log, scroll.isAtEnd);
  useMarkRead(chat, log, scroll.isAtEnd);
  const onShow = useShowMessage(rows, scroll, onFarBack);
  useShownFromOutside(chat.id, onShow);
  const lines = useLines(chat, log, rows, { ...actions, onShow });
  return (
    <div className={classes.pane}>
      {notes}
      {isFailed && (
        <Button className={classes.older} size="compact-sm" variant="default" onClick={loadOlder}>
          <Trans>Older messages could not be loaded. Try again</Trans>
        </Button>
      )}
      <div
        ref={scroll.pane}
        className={classes.log}
        role="log"
        aria-label={t`Messages`}
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is reached by keyboard.
        tabIndex={0}
      >
        <div className={classes.spacer} />
        <Virtualizer ref={scroll.list} shift={scroll.isPrepending} onScroll={scroll.onScroll}>
          {lines}
        </Virtualizer>
      </div>
      <Announcer message={log.messages.at(-1)} />
      {!scroll.isAtEnd && (
        <Button
          className={classes.latest}
          size="compact-md"
          radius="xl"
          variant="default"
          leftSection={<ArrowDown size={16} />}
          onClick={scroll.toEnd}
        >
          {unseen > 0 ? (
            <Plural value={unseen} one="# new message" other="# new messages" />
          ) : (
            <Trans>Latest messages</Trans>
          )}
        </Button>
      )}
    </div>
  );
}

function useLines(chat: Chat, log: ChatLog, rows: readonly Row[], actions: BubbleActions): ReactNode[] {
  const { onReply, onEdit, onDelete, onForward, onComment, onShow } = actions;
  return useMemo(() => {
    const byId = new Map(log.messages.map((each) => [each.id, each]));
    const bubble = (row: Extract<Row, { kind: "message" }>) => (
      <Bubble
        key={row.key}
        chatId={chat.id}
        message={row.message}
        album={row.parts.length > 1 ? row.parts : null}
        opensGroup={row.opensGroup}
        showsSender={chat.kind === "group"}
        isRead={row.message.id <= log.readOutUpTo}
        answered={byId.get(row.message.reply_to_id ?? -1)}
        onReply={onReply}
        onEdit={onEdit}
        onDelete={onDelete}
        onForward={onForward}
        onComment={onComment}
        onShow={onShow}
      />
    );
    return rows.map((row) => {
      if (row.kind === "message") return bubble(row);
      if (row.kind === "outgoing")
        return <OutgoingBubble key={row.key} chatId={chat.id} outgoing={row.outgoing} />;
      if (row.kind === "note") return <Note key={row.key} row={row} />;
      return <Divider key={row.key} row={row} />;
    });
  }, [chat.id, chat.kind, log, rows, onReply, onEdit, onDelete, onForward, onComment, onShow]);
}

function Note({ row }: { row: Extract<Row, { kind: "note" }> }) {
  return (
    <Suspense fallback={<div className={classes.note} />}>
      <NoteLine comment={row.comment} />
    </Suspense>
  );
}

function Divider({ row }: { row: Extract<Row, { kind: "day" | "unread" }> }) {
  return (
    <div className={row.kind === "day" ? classes.day : classes.unread}>
      <span>{row.kind === "day" ? dayName(row.date) : <Trans>Unread messages</Trans>}</span>
    </div>
  );
}

/** How many messages came in since the end was last seen. */
function useUnseen(log: ChatLog, isAtEnd: boolean): number {
  const seenUpTo = useRef(0);
  if (isAtEnd) seenUpTo.current = log.messages.at(-1)?.id ?? 0;
  return log.messages.filter((each) => each.direction === "in" && each.id > seenUpTo.current).length;
}

/** Scrolls to a message and lights it up once; one that is further back is shown among its neighbours there. */
function useShowMessage(
  rows: readonly Row[],
  scroll: Pick<ReturnType<typeof useStickyScroll>, "toRow" | "toEnd">,
  onFarBack: (messageId: number) => void,
): (place: Place) => void {
  const latest = useRef({ rows, scroll, onFarBack });
  latest.current = { rows, scroll, onFarBack };
  return useCallback((place) => {
    const { rows: lines, scroll: to, onFarBack: lookBack } = latest.current;
    if (place === "end") return to.toEnd();
    const index = lines.findIndex(
      (row) => row.kind === "message" && row.parts.some((each) => each.id === place),
    );
    if (index < 0) return lookBack(place);
    to.toRow(index);
    setTimeout(() => flash(place), 100);
  }, []);
}

function flash(messageId: number): void {
  const bubble = document.querySelector<HTMLElement>(`[data-message-id="${messageId}"]`);
  if (!bubble) return;
  bubble.dataset.flash = "true";
  setTimeout(() => delete bubble.dataset.flash, 1_200);
}

/** Tells screen readers about a message that comes in; the log itself is silent, as scrolling refills it. */
function Announcer({ message }: { message: Message | undefined }) {
  const first = useRef(message?.id);
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (!message || message.id === first.current || message.direction === "out") return;
    setSaid([message.sender?.name, message.text].filter(Boolean).join(": "));
  }, [message]);
  return <VisuallyHidden aria-live="polite">{said}</VisuallyHidden>;
}
