/** A message among its neighbours, wherever in the history it stands. Lies over the conversation until that is wanted again. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Loader } from "@mantine/core";
import { ArrowDown, SearchX } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { EmptyState, ErrorState, LoadingRows } from "@/components/StateBlock";
import type { Message } from "@/live/types";
import { clockTime, dayName, exactTime } from "../times";
import { isFocusLost } from "./focusBack";
import { Marked } from "./Marked";
import classes from "./search.module.css";
import { useSurroundings } from "./surroundings";

interface SurroundingsProps {
  chatId: string;
  messageId: number;
  words: string;
  onLatest: () => void;
}

export function Surroundings({ chatId, messageId, words, onLatest }: SurroundingsProps) {
  const { t } = useLingui();
  const around = useSurroundings(chatId, messageId);
  const list = useRef<HTMLDivElement>(null);
  const isLoaded = around.messages.length > 0;
  useEffect(() => {
    if (isFocusLost()) list.current?.focus();
  }, []);
  useEffect(() => {
    const target = isLoaded && list.current?.querySelector(`[data-around-id="${messageId}"]`);
    if (target) target.scrollIntoView({ block: "center" });
  }, [isLoaded, messageId]);
  return (
    <section className={classes.around} aria-label={t`Message in its place`}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is reached by keyboard. */}
      <div ref={list} className={classes.lines} tabIndex={0}>
        {around.isPending && <LoadingRows rows={6} />}
        {around.error && !isLoaded && <ErrorState error={around.error} onRetry={around.retry} />}
        {!around.isPending && !around.error && !isLoaded && (
          <EmptyState icon={SearchX} title={<Trans>This message is not there any more</Trans>} />
        )}
        {around.hasOlder && <More isBusy={around.isBusy} onClick={around.older} text={t`Older messages`} />}
        <Lines messages={around.messages} messageId={messageId} words={words} />
        {around.hasNewer && <More isBusy={around.isBusy} onClick={around.newer} text={t`Newer messages`} />}
      </div>
      <Button
        className={classes.latest}
        size="compact-md"
        radius="xl"
        variant="default"
        leftSection={<ArrowDown size={16} />}
        onClick={onLatest}
      >
        <Trans>Latest messages</Trans>
      </Button>
    </section>
  );
}

function Lines({ messages, messageId, words }: { messages: Message[]; messageId: number; words: string }) {
  return useMemo(
    () =>
      messages.map((message, index) => {
        const day = dayName(message.date);
        const before = messages[index - 1];
        return (
          <div key={message.id}>
            {(!before || dayName(before.date) !== day) && <div className={classes.day}>{day}</div>}
            <Line
              message={message}
              isSought={message.id === messageId}
              words={words}
              showsSender={message.direction === "in" && before?.sender?.id !== message.sender?.id}
            />
          </div>
        );
      }),
    [messages, messageId, words],
  );
}

interface LineProps {
  message: Message;
  isSought: boolean;
  words: string;
  showsSender: boolean;
}

function Line({ message, isSought, words, showsSender }: LineProps) {
  return (
    <article
      className={classes.line}
      data-direction={message.direction}
      data-sought={isSought}
      data-around-id={message.id}
      aria-current={isSought}
    >
      <div className={classes.bubble}>
        {showsSender && message.sender && (
          <div className={classes.sender}>
            <bdi>{message.sender.name}</bdi>
          </div>
        )}
        {message.media && <div className={classes.attachment}>{message.media.name}</div>}
        <div className={classes.body} dir="auto">
          <Marked text={message.text} words={isSought ? words : ""} />
        </div>
        <time className={classes.time} dateTime={message.date} title={exactTime(message.date)}>
          {clockTime(message.date)}
        </time>
      </div>
    </article>
  );
}

function More({ isBusy, onClick, text }: { isBusy: boolean; onClick: () => void; text: string }) {
  return (
    <div className={classes.more}>
      <Button variant="subtle" size="compact-sm" disabled={isBusy} onClick={onClick}>
        {isBusy ? <Loader size={14} /> : text}
      </Button>
    </div>
  );
}
