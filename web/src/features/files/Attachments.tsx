/** The files of a place that holds a list of them: what hangs there, what is on its way up, and how more come. */

import { useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { FileOut, PlaceKind } from "@/lib/api/types";
import { useLatest } from "@/lib/latest";
import { notifyProblem } from "@/lib/notify";
import { AttachButton } from "./AttachButton";
import { AttachedFiles } from "./AttachedFiles";
import { DropArea } from "./DropArea";
import classes from "./files.module.css";
import { UploadList } from "./UploadList";
import { useUploads } from "./useUploads";

const RemoveDialog = lazy(() => import("./RemoveDialog"));

interface AttachmentsProps {
  /** What the files are put up for. */
  kind: PlaceKind;
  files: readonly FileOut[];
  /** How many may hang here. */
  most: number;
  isReadOnly?: boolean;
  /** Taking one off is for good: it is asked first. */
  asksFirst?: boolean;
  /** Has exactly these hang here; settles when that was answered, whatever the answer was. */
  onChange: (files: readonly FileOut[]) => void | Promise<void>;
}

export function Attachments(props: AttachmentsProps) {
  const { kind, files, most, isReadOnly = false, asksFirst = false, onChange } = props;
  const { t } = useLingui();
  const [doomed, setDoomed] = useState<FileOut>();
  const { shown, change } = useWished(files, onChange);
  const uploads = useUploads(kind, {
    room: most - shown.length,
    onReady: (file) => void change((before) => [...before, file]),
  });
  const remove = (file: FileOut) => void change((before) => before.filter(({ id }) => id !== file.id));
  const add = (picked: File[]) => {
    if (uploads.add(picked) > 0) notifyProblem(t`There is room for ${most} files.`);
  };
  if (isReadOnly) return <AttachedFiles files={shown} />;
  return (
    <DropArea onFiles={add}>
      <div className={classes.attachments}>
        <AttachedFiles files={shown} onRemove={asksFirst ? setDoomed : remove} />
        <UploadList {...uploads} />
        <AttachButton isDisabled={shown.length + uploads.uploads.length >= most} onFiles={add} />
      </div>
      <Suspense>
        {doomed && (
          <RemoveDialog
            file={doomed}
            onClose={() => setDoomed(undefined)}
            onRemove={() => {
              remove(doomed);
              setDoomed(undefined);
            }}
          />
        )}
      </Suspense>
    </DropArea>
  );
}

/** What hangs here once all that was asked for is done; several files may become ready before the first is answered. */
function useWished(files: readonly FileOut[], onChange: AttachmentsProps["onChange"]) {
  const [wish, setWish] = useState<readonly FileOut[]>();
  const latest = useLatest({ files, wish, onChange });
  const change = async (how: (before: readonly FileOut[]) => readonly FileOut[]) => {
    const next = how(latest.current.wish ?? latest.current.files);
    latest.current.wish = next;
    setWish(next);
    try {
      await latest.current.onChange(next);
    } finally {
      setWish((now) => (now === next ? undefined : now));
    }
  };
  return { shown: wish ?? files, change };
}
