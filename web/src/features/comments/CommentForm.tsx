/** Where a comment is written: yellow, with a lock, so that nobody takes it for a message. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Input, Text } from "@mantine/core";
import { Lock } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { AttachButton } from "@/features/files/AttachButton";
import { DropArea } from "@/features/files/DropArea";
import { MAX_FILES } from "@/features/files/misfit";
import { UploadList } from "@/features/files/UploadList";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWriteComment } from "./comments";
import classes from "./comments.module.css";
import { MentionField } from "./MentionField";
import type { Subject } from "./threads";
import { TEXT_MAX, useCommenting } from "./useCommenting";

const COUNT_FROM = 9_000;

interface CommentFormProps {
  subject: Subject;
  /** The comment that is answered. */
  answers?: string;
  /** The message that is commented on. */
  quotedId?: number | undefined;
  /** What stands above the field: what is quoted, and who reads this. */
  above?: ReactNode;
  label: string;
  placeholder: string;
  isFocused?: boolean;
  onSaid?: () => void;
  onLeave?: () => void;
}

export function CommentForm(props: CommentFormProps) {
  const { subject, answers, quotedId, above, label, placeholder, isFocused = false, onSaid, onLeave } = props;
  const { t } = useLingui();
  const field = useRef<HTMLTextAreaElement>(null);
  const commenting = useCommenting(undefined, quotedId !== undefined);
  const write = useWriteComment(subject, answers);
  useEffect(() => {
    if (isFocused) field.current?.focus();
  }, [isFocused]);
  const say = () => {
    if (!commenting.canSay || write.isPending) return;
    write.mutate(commenting.said(quotedId), {
      onSuccess: () => {
        commenting.clear();
        onSaid?.();
        field.current?.focus();
      },
    });
  };
  const add = (files: File[]) => {
    if (commenting.uploads.add(files) > 0) notifyProblem(t`A comment has at most ${MAX_FILES} files.`);
  };
  const { length } = commenting.words.text;
  return (
    <DropArea onFiles={add}>
      <div className={classes.form}>
        {above}
        <UploadList {...commenting.uploads} />
        <MentionField
          field={field}
          commenting={commenting}
          label={label}
          placeholder={placeholder}
          onSubmit={say}
          onLeave={onLeave}
        />
        {write.error && <Input.Error role="alert">{problemText(write.error)}</Input.Error>}
        <div className={classes.formRow}>
          <AttachButton label={t`Attach files to the comment`} onFiles={add} />
          {length > COUNT_FROM && (
            <Text size="xs" c={commenting.isTooLong ? "red" : "dimmed"} className="tabular" role="status">
              {length} / {TEXT_MAX}
            </Text>
          )}
          <Button
            className={classes.say ?? ""}
            size="compact-md"
            leftSection={<Lock size={14} aria-hidden />}
            disabled={!commenting.canSay}
            loading={write.isPending}
            onClick={say}
          >
            {answers === undefined ? <Trans>Comment internally</Trans> : <Trans>Answer internally</Trans>}
          </Button>
        </div>
      </div>
    </DropArea>
  );
}
