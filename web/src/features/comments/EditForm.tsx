/** A comment while its author changes it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Input } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { Comment } from "@/lib/api/types";
import { problemText } from "@/lib/problemText";
import { useEditComment } from "./comments";
import classes from "./comments.module.css";
import { MentionField } from "./MentionField";
import { trimmed, wordsOf } from "./mentions";
import type { Subject } from "./threads";
import { useCommenting } from "./useCommenting";

export function EditForm({
  subject,
  comment,
  onDone,
}: {
  subject: Subject;
  comment: Comment;
  onDone: () => void;
}) {
  const { t } = useLingui();
  const field = useRef<HTMLTextAreaElement>(null);
  const hasMore = comment.files.length > 0 || comment.quote !== null;
  const commenting = useCommenting(wordsOf(comment, t`former member`), hasMore);
  const edit = useEditComment(subject, comment);
  useEffect(() => field.current?.focus(), []);
  const save = () => {
    if (commenting.canSay) edit.mutate(trimmed(commenting.words), { onSuccess: onDone });
  };
  return (
    <div className={classes.form}>
      <MentionField
        field={field}
        commenting={commenting}
        label={t`Edit comment`}
        placeholder={t`Say it otherwise`}
        onSubmit={save}
        onLeave={onDone}
      />
      {edit.error && <Input.Error role="alert">{problemText(edit.error)}</Input.Error>}
      <Group justify="flex-end" gap="xs">
        <Button size="compact-md" variant="default" onClick={onDone}>
          <Trans>Cancel</Trans>
        </Button>
        <Button size="compact-md" disabled={!commenting.canSay} loading={edit.isPending} onClick={save}>
          <Trans>Save</Trans>
        </Button>
      </Group>
    </div>
  );
}
