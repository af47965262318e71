/** Over the composer: which message is answered or changed, and a way back to a new one. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { Pencil, Reply, X } from "lucide-react";
import type { Message } from "@/live/types";
import type { Purpose } from "./Composer";
import classes from "./Composer.module.css";

export function PurposeBar({
  purpose,
  onCancel,
}: {
  purpose: Exclude<Purpose, { kind: "new" }>;
  onCancel: () => void;
}) {
  const { t } = useLingui();
  const isReply = purpose.kind === "reply";
  const message = isReply ? purpose.to : purpose.message;
  const Icon = isReply ? Reply : Pencil;
  return (
    <div className={classes.purpose}>
      <Icon size={16} aria-hidden />
      <div className={classes.about}>
        <strong>{isReply ? <ReplyTo message={message} /> : <Trans>Edit message</Trans>}</strong>
        <span dir="auto">{message.text || <Trans>Attachment</Trans>}</span>
      </div>
      <ActionIcon size={28} aria-label={t`Cancel`} onClick={onCancel}>
        <X size={16} />
      </ActionIcon>
    </div>
  );
}

function ReplyTo({ message }: { message: Message }) {
  const name = message.sender?.name;
  if (message.direction === "out") return <Trans>Reply to yourself</Trans>;
  return name ? <Trans>Reply to {name}</Trans> : <Trans>Reply</Trans>;
}
