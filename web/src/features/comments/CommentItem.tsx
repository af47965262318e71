/** One comment: who, when, what, on which message; and what its author or an Admin can do with it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import { Initials } from "@/components/Initials";
import { AttachedFiles } from "@/features/files/AttachedFiles";
import type { Comment } from "@/lib/api/types";
import { useMinuteMs } from "@/lib/clock";
import { exactTime, Moment } from "@/lib/time";
import { CommentActions } from "./CommentActions";
import { CommentText } from "./CommentText";
import classes from "./comments.module.css";
import { QuotedMessage } from "./QuotedMessage";
import type { Subject } from "./threads";

const EditForm = lazy(async () => ({ default: (await import("./EditForm")).EditForm }));
const DeleteDialog = lazy(async () => ({ default: (await import("./DeleteDialog")).DeleteDialog }));

export interface CommentItemProps {
  subject: Subject;
  comment: Comment;
  onAnswer?: (() => void) | undefined;
}

export function CommentItem({ subject, comment, onAnswer }: CommentItemProps) {
  const { t } = useLingui();
  const [isEditing, setEditing] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  const name = comment.author.name ?? t`Former member`;
  if (comment.is_deleted) return <Deleted />;
  return (
    <article className={classes.item} aria-label={t`Comment by ${name}`}>
      <header className={classes.head}>
        <Initials name={name} size={24} />
        <bdi className={classes.author}>{name}</bdi>
        <When comment={comment} />
        {!isEditing && (
          <CommentActions
            comment={comment}
            onAnswer={onAnswer}
            onEdit={() => setEditing(true)}
            onDelete={() => setDeleting(true)}
          />
        )}
      </header>
      {comment.quote && <QuotedMessage quote={comment.quote} />}
      {isEditing ? (
        <Suspense>
          <EditForm subject={subject} comment={comment} onDone={() => setEditing(false)} />
        </Suspense>
      ) : (
        comment.text !== "" && <CommentText comment={comment} />
      )}
      <AttachedFiles files={comment.files} />
      <Suspense>
        {isDeleting && (
          <DeleteDialog subject={subject} comment={comment} onClose={() => setDeleting(false)} />
        )}
      </Suspense>
    </article>
  );
}

function When({ comment }: { comment: Comment }) {
  const nowMs = useMinuteMs();
  return (
    <span className={classes.when}>
      <Moment at={comment.at} nowMs={nowMs} />
      {comment.edited_at && (
        <span title={exactTime(comment.edited_at)}>
          {" · "}
          <Trans>edited</Trans>
        </span>
      )}
    </span>
  );
}

function Deleted() {
  return (
    <p className={classes.deleted}>
      <Trans>Comment deleted</Trans>
    </p>
  );
}
