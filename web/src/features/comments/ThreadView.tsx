/** A comment with its answers, and a form to answer it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Thread } from "@/lib/api/types";
import { CommentForm } from "./CommentForm";
import { CommentItem } from "./CommentItem";
import classes from "./comments.module.css";
import type { Subject } from "./threads";

interface ThreadViewProps {
  subject: Subject;
  thread: Thread;
}

export function ThreadView({ subject, thread }: ThreadViewProps) {
  const { t } = useLingui();
  const [isAnswering, setAnswering] = useState(false);
  const { comment, answers } = thread;
  return (
    <li className={classes.thread}>
      <CommentItem
        subject={subject}
        comment={comment}
        onAnswer={comment.is_deleted ? undefined : () => setAnswering(true)}
      />
      {answers.length > 0 && (
        <ul className={classes.answers} aria-label={t`Answers`}>
          {answers.map((each) => (
            <li key={each.id}>
              <CommentItem subject={subject} comment={each} />
            </li>
          ))}
        </ul>
      )}
      {isAnswering && (
        <CommentForm
          subject={subject}
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
