/** What is about to be attached: each file with how far it has come, why it was refused, and a way out. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { File as FileIcon, RotateCw, TriangleAlert, X } from "lucide-react";
import { type ReactNode, useEffect, useMemo } from "react";
import { ProgressBar } from "@/components/ProgressBar";
import { ApiError } from "@/lib/api/errors";
import { problemText } from "@/lib/problemText";
import { sizeText } from "@/lib/sizes";
import classes from "./files.module.css";
import type { Upload, Uploads } from "./useUploads";

export function UploadList({ uploads, retry, remove }: Uploads) {
  const { t } = useLingui();
  if (uploads.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={t`Files to attach`}>
      {uploads.map((each) => (
        <Row key={each.key} upload={each} onRetry={() => retry(each)} onRemove={() => remove(each)} />
      ))}
    </ul>
  );
}

function Row({ upload, onRetry, onRemove }: { upload: Upload; onRetry: () => void; onRemove: () => void }) {
  const { t } = useLingui();
  const { name } = upload.file;
  const isWrong = upload.state === "failed" || upload.state === "unfit";
  return (
    <li className={classes.row} aria-label={name} data-wrong={isWrong}>
      <Look upload={upload} isWrong={isWrong} />
      <div className={classes.words}>
        <span className={classes.name} dir="auto">
          {name}
        </span>
        {upload.state === "uploading" ? (
          <ProgressBar part={upload.part} label={t`Uploading ${name}`} />
        ) : (
          <span className={classes.note} role={isWrong ? "alert" : undefined}>
            {noteOf(upload)}
          </span>
        )}
      </div>
      {upload.state === "failed" && (
        <ActionIcon
          size={28}
          variant="subtle"
          color="gray"
          aria-label={t`Upload ${name} again`}
          onClick={onRetry}
        >
          <RotateCw size={16} />
        </ActionIcon>
      )}
      <ActionIcon
        size={28}
        variant="subtle"
        color="gray"
        aria-label={upload.state === "uploading" ? t`Cancel the upload of ${name}` : t`Remove ${name}`}
        onClick={onRemove}
      >
        <X size={16} />
      </ActionIcon>
    </li>
  );
}

/** The size, or what went wrong and what to do. */
function noteOf(upload: Exclude<Upload, { state: "uploading" }>): ReactNode {
  if (upload.state === "ready") return sizeText(upload.file.size);
  if (upload.state === "unfit") {
    if (upload.misfit === "empty") return <Trans>This file is empty. Choose another one.</Trans>;
    return <Trans>Larger than 50 MB. Choose a smaller file, or share a link to it.</Trans>;
  }
  const { error } = upload;
  if (error instanceof ApiError && error.code === "upload-refused")
    return <Trans>It could not be stored. Try again.</Trans>;
  return problemText(error);
}

function Look({ upload, isWrong }: { upload: Upload; isWrong: boolean }) {
  const isPicture = upload.file.type.startsWith("image/") && !isWrong;
  const url = useMemo(() => (isPicture ? URL.createObjectURL(upload.file) : ""), [isPicture, upload.file]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  const Icon = isWrong ? TriangleAlert : FileIcon;
  return (
    <span className={classes.look}>
      {isPicture ? <img src={url} alt="" /> : <Icon size={18} aria-hidden />}
    </span>
  );
}
