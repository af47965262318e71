/** A place that takes files which are dropped onto it or pasted into it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { type ClipboardEvent, type DragEvent, type ReactNode, useState } from "react";
import { droppedOf, pastedOf } from "@/lib/handed";
import { notifyProblem } from "@/lib/notify";
import classes from "./files.module.css";

interface DropAreaProps {
  onFiles: (files: File[]) => void;
  /** What is said while files are held over it. */
  words?: ReactNode;
  children: ReactNode;
}

export function DropArea({ onFiles, words, children }: DropAreaProps) {
  const { t } = useLingui();
  const [depth, setDepth] = useState(0);
  const onPaste = (event: ClipboardEvent) => {
    const files = pastedOf(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    onFiles(files);
  };
  const onDrop = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    setDepth(0);
    const { files, hasFolders } = droppedOf(event.dataTransfer);
    if (hasFolders) notifyProblem(t`Folders can't be attached. Drop the files that are in them.`);
    onFiles(files);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way of several; the button is for everybody.
    <div
      className={classes.area}
      onPaste={onPaste}
      onDragEnter={(event) => hasFiles(event) && setDepth((before) => before + 1)}
      onDragLeave={(event) => hasFiles(event) && setDepth((before) => Math.max(before - 1, 0))}
      onDragOver={(event) => hasFiles(event) && event.preventDefault()}
      onDrop={onDrop}
    >
      {children}
      {depth > 0 && (
        <div className={classes.target}>{words ?? <Trans>Drop files here to attach them</Trans>}</div>
      )}
    </div>
  );
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes("Files");
}
