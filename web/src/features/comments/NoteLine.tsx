/** A comment where it was said: a yellow line between messages that only the workspace sees. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Lock } from "lucide-react";
import { AttachedFiles } from "@/features/files/AttachedFiles";
import type { Comment } from "@/lib/api/types";
import { useMinuteMs } from "@/lib/clock";
import { Moment } from "@/lib/time";
import { CommentText } from "./CommentText";
import classes from "./comments.module.css";
import { QuotedMessage } from "./QuotedMessage";

export default function NoteLine({ comment }: { comment: Comment }) {
  const { t } = useLingui();
  const nowMs = useMinuteMs();
  const name = comment.author.name ?? t`Former member`;
  return (
    <article className={classes.note} aria-label={t`Internal comment by ${name}`}>
      <header className={classes.head}>
        <Lock size={14} aria-hidden />
        <bdi className={classes.author}>{name}</bdi>
        <span className={classes.when}>
          <Trans>internal</Trans>
          {" · "}
          <Moment at={comment.at} nowMs={nowMs} />
        </span>
      </header>
      {comment.quote && <QuotedMessage quote={comment.quote} />}
      {comment.text !== "" && <CommentText comment={comment} />}
      <AttachedFiles files={comment.files} />
    </article>
  );
}
