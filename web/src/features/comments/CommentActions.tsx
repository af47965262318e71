/** What can be done with a comment by whoever looks at it. */

import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { Pencil, Reply, Trash2 } from "lucide-react";
import type { Comment } from "@/lib/api/types";
import { useCan, useMe, useWorkspace } from "@/lib/session";
import classes from "./comments.module.css";

interface CommentActionsProps {
  comment: Comment;
  onAnswer: (() => void) | undefined;
  onEdit: () => void;
  onDelete: () => void;
}

export function CommentActions({ comment, onAnswer, onEdit, onDelete }: CommentActionsProps) {
  const { t } = useLingui();
  const isOwn = useMe().user.id === comment.author.id;
  const isAdmin = useWorkspace().role !== "member";
  const mayComment = useCan("values.edit");
  return (
    <span className={classes.actions}>
      {mayComment && onAnswer && (
        <ActionIcon size={24} variant="subtle" color="gray" aria-label={t`Answer`} onClick={onAnswer}>
          <Reply size={14} />
        </ActionIcon>
      )}
      {mayComment && isOwn && (
        <ActionIcon size={24} variant="subtle" color="gray" aria-label={t`Edit comment`} onClick={onEdit}>
          <Pencil size={14} />
        </ActionIcon>
      )}
      {(isOwn || isAdmin) && (
        <ActionIcon size={24} variant="subtle" color="gray" aria-label={t`Delete comment`} onClick={onDelete}>
          <Trash2 size={14} />
        </ActionIcon>
      )}
    </span>
  );
}
