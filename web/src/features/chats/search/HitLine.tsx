/** One message that was found: who, when, and the words in it. */

import { Trans } from "@lingui/react/macro";
import { UnstyledButton } from "@mantine/core";
import { Paperclip } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Message } from "@/live/types";
import { exactTime, listTime } from "../times";
import { excerpt } from "./highlight";
import { Marked } from "./Marked";
import classes from "./search.module.css";

interface HitLineProps {
  message: Message;
  words: string;
  isCurrent: boolean;
  onPick: () => void;
}

export function HitLine({ message, words, isCurrent, onPick }: HitLineProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isCurrent) button.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);
  return (
    <UnstyledButton ref={button} className={classes.hit} aria-current={isCurrent} onClick={onPick}>
      <span className={classes.top}>
        <span className={classes.sender}>
          {message.direction === "out" ? <Trans>You</Trans> : <bdi>{message.sender?.name}</bdi>}
        </span>
        <time className={classes.time} dateTime={message.date} title={exactTime(message.date)}>
          {listTime(message.date)}
        </time>
      </span>
      <span className={classes.text} dir="auto">
        {message.media && (
          <>
            <Paperclip size={14} aria-hidden /> {message.media.name}{" "}
          </>
        )}
        <Marked text={excerpt(message.text, words)} words={words} />
      </span>
    </UnstyledButton>
  );
}
