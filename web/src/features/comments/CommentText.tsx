/** What a comment says, with members called as they are called now. */

import { Trans } from "@lingui/react/macro";
import type { Comment } from "@/lib/api/types";
import { useMe } from "@/lib/session";
import classes from "./comments.module.css";
import { piecesOf } from "./mentions";

export function CommentText({ comment }: { comment: Pick<Comment, "text" | "mentions"> }) {
  const me = useMe().user.id;
  let reached = 0;
  const shown = piecesOf(comment).map((piece) => {
    const key = reached;
    if ("text" in piece) {
      reached += piece.text.length;
      return <span key={key}>{piece.text}</span>;
    }
    reached += 1;
    const { id, name } = piece.member;
    return (
      <bdi key={key} className={classes.mention} data-me={id === me}>
        @{name ?? <Trans>former member</Trans>}
      </bdi>
    );
  });
  return (
    <p className={classes.text} dir="auto">
      {shown}
    </p>
  );
}
