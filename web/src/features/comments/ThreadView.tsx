/** A comment with its answers, and a form to answer it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Thread } from "@/lib/api/types";
import { CommentForm } from "./CommentForm";
import { CommentItem } from "./CommentItem";
import classes from "./comments.module.css";

interface ThreadViewProps {
  chatId: string;
  thread: Thread;
  isReadable: boolean;
}

export function ThreadView({ chatId, thread, isReadable }: ThreadViewProps) {
  const { t } = useLingui();
  const [isAnswering, setAnswering] = useState(false);
  const { comment, answers } = thread;
  return (
    <li className={classes.thread}>
      <CommentItem
        chatId={chatId}
        comment={comment}
        isReadable={isReadable}
        onAnswer={comment.is_deleted ? undefined : () => setAnswering(true)}
      />
      {answers.length > 0 && (
        <ul className={classes.answers} aria-label={t`Answers`}>
          {answers.map((each) => (
            <li key={each.id}>
              <CommentItem chatId={chatId} comment={each} isReadable={isReadable} />
            </li>
          ))}
        </ul>
      )}
      {isAnswering && (
        <CommentForm
          chatId={chatId}
          answers={comment.id}
          label={t`Answer`}
          placeholder={t`Answer this comment`}
          above={
            <p className={classes.about}>
              <Trans>In this thread</Trans>
            </p>
          }
          isFocused
          onSaid={() => setAnswering(false)}
          onLeave={() => setAnswering(false)}
        />
      )}
    </li>
  );
}
