/** Files where they hang: pictures as pictures, others as cards that fetch the file when they are pressed. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { File as FileIcon, X } from "lucide-react";
import { useState } from "react";
import { api, http } from "@/lib/api/client";
import type { FileOut } from "@/lib/api/types";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";
import { sizeText } from "@/lib/sizes";
import classes from "./files.module.css";

/** Links are good for five minutes. */
const LINK_MS = 4 * 60_000;
/** What the API sends to be shown; all else comes as a download, which leaves the page where it is. */
const SHOWN = /^(image\/(png|jpeg|gif|webp)|video\/mp4|audio\/(ogg|mpeg)|application\/pdf)$/;

interface AttachedFilesProps {
  files: readonly FileOut[];
  /** Takes one off, where that is possible. */
  onRemove?: ((file: FileOut) => void) | undefined;
}

export function AttachedFiles({ files, onRemove }: AttachedFilesProps) {
  if (files.length === 0) return null;
  return (
    <ul className={classes.list}>
      {files.map((file) => (
        <li key={file.id} className={classes.attached}>
          {file.has_preview ? <Picture file={file} /> : <Card file={file} />}
          {onRemove && <RemoveButton file={file} onRemove={onRemove} />}
        </li>
      ))}
    </ul>
  );
}

function RemoveButton({ file, onRemove }: { file: FileOut; onRemove: (file: FileOut) => void }) {
  const { t } = useLingui();
  return (
    <ActionIcon
      size={28}
      variant="subtle"
      color="gray"
      aria-label={t`Remove ${file.name}`}
      onClick={() => onRemove(file)}
    >
      <X size={16} />
    </ActionIcon>
  );
}

function Card({ file }: { file: FileOut }) {
  const open = useOpen(file);
  return (
    <UnstyledButton className={classes.card} onClick={open}>
      <span className={classes.look}>
        <FileIcon size={18} aria-hidden />
      </span>
      <span className={classes.words}>
        <span className={classes.name} dir="auto">
          {file.name}
        </span>
        <span className={classes.note}>{sizeText(file.size)}</span>
      </span>
    </UnstyledButton>
  );
}

/** Where the picture can't be had, the card is left. */
function Picture({ file }: { file: FileOut }) {
  const { t } = useLingui();
  const { name } = file;
  const link = useQuery(linkQuery(useWorkspace().id, file.id));
  const [isBroken, setBroken] = useState(false);
  const open = useOpen(file);
  if (isBroken || link.error) return <Card file={file} />;
  return (
    <UnstyledButton className={classes.picture} aria-label={t`Open ${name}`} onClick={open}>
      {link.data ? (
        <img src={link.data.url} alt={name} loading="lazy" onError={() => setBroken(true)} />
      ) : (
        <span className={classes.note}>
          <Trans>Loading</Trans>
        </span>
      )}
    </UnstyledButton>
  );
}

function linkQuery(workspaceId: string, fileId: string) {
  const path = { workspace_id: workspaceId, file_id: fileId };
  return api.queryOptions(
    "get",
    "/workspaces/{workspace_id}/files/{file_id}",
    { params: { path } },
    { staleTime: LINK_MS, gcTime: LINK_MS },
  );
}

/** Opens the file by a link of this moment: what browsers show in a tab of its own, the rest is saved. */
function useOpen(file: FileOut): () => void {
  const path = { workspace_id: useWorkspace().id, file_id: file.id };
  return () => {
    // Browsers let a page open a tab with the press, and not when an answer comes.
    const tab = SHOWN.test(file.type) ? window.open("about:blank", "_blank") : null;
    if (tab) tab.opener = null;
    http.GET("/workspaces/{workspace_id}/files/{file_id}", { params: { path } }).then(
      ({ data }) => data && (tab ?? window).location.assign(data.url),
      (error: unknown) => {
        tab?.close();
        notifyProblem(problemText(error));
      },
    );
  };
}
