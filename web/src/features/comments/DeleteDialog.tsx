/** Asks before a comment goes, with what is attached to it. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ConfirmDialog } from "@/components/ConfirmDialog";
import type { Comment } from "@/lib/api/types";
import { problemText } from "@/lib/problemText";
import { useDeleteComment } from "./comments";
import type { Subject } from "./threads";

export function DeleteDialog({
  subject,
  comment,
  onClose,
}: {
  subject: Subject;
  comment: Comment;
  onClose: () => void;
}) {
  const { t } = useLingui();
  const remove = useDeleteComment(subject, comment.id);
  const count = comment.files.length;
  return (
    <ConfirmDialog
      title={t`Delete this comment?`}
      action={t`Delete comment`}
      isBusy={remove.isPending}
      problem={remove.error && problemText(remove.error)}
      onConfirm={() => remove.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      {count > 0 ? (
        <Plural
          value={count}
          one="Its file goes with it. Answers stay."
          other="Its # files go with it. Answers stay."
        />
      ) : (
        <Trans>Answers to it stay.</Trans>
      )}
    </ConfirmDialog>
  );
}
