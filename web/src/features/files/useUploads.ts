/** Files on their way up to be attached: what each has come to, and which are ready. */

import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError } from "@/lib/api/errors";
import type { FileOut, PlaceKind } from "@/lib/api/types";
import { checkFile, discardFile, putUp } from "@/lib/files";
import { useWorkspace } from "@/lib/session";
import { MAX_FILES, type Misfit, misfitOf } from "./misfit";

type Progress =
  | { state: "uploading"; part: number }
  | { state: "ready"; ready: FileOut }
  | { state: "failed"; error: unknown }
  | { state: "unfit"; misfit: Misfit };

export type Upload = { key: number; file: File } & Progress;

export interface Uploads {
  uploads: readonly Upload[];
  /** Ids of what is ready to be attached. */
  readyIds: string[];
  /** Something is still on its way, or could not be put up: what was said is not whole yet. */
  isWhole: boolean;
  /** Begins to put files up; those beyond the most a place takes are left out, and how many that were is returned. */
  add: (files: Iterable<File>) => number;
  retry: (upload: Upload) => void;
  remove: (upload: Upload) => void;
  /** They are attached now, or not wanted: nothing of them is shown any more. */
  clear: () => void;
}

let lastKey = 0;

interface UploadsWish {
  /** How many there is room for. */
  room?: number;
  /** Takes each file once it can be attached; it is listed here no longer. Without it they wait to be attached together. */
  onReady?: (file: FileOut) => void;
}

export function useUploads(kind: PlaceKind, { room = MAX_FILES, onReady }: UploadsWish = {}): Uploads {
  const takeReady = useRef(onReady);
  takeReady.current = onReady;
  const workspaceId = useWorkspace().id;
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const running = useRef(new Map<number, AbortController>());
  useEffect(() => {
    const begun = running.current;
    return () => {
      for (const each of begun.values()) each.abort();
    };
  }, []);
  const put = useCallback((key: number, progress: Progress) => {
    setUploads((all) => all.map((each) => (each.key === key ? { ...pickedOf(each), ...progress } : each)));
  }, []);
  const start = useCallback(
    async ({ key, file }: Pick<Upload, "key" | "file">) => {
      const abort = new AbortController();
      running.current.set(key, abort);
      put(key, { state: "uploading", part: 0 });
      try {
        const onProgress = (part: number) => put(key, { state: "uploading", part });
        const fileId = await putUp(workspaceId, kind, file, onProgress, abort.signal);
        const ready = await checkFile(workspaceId, fileId);
        abort.signal.throwIfAborted();
        if (!takeReady.current) put(key, { state: "ready", ready });
        else {
          setUploads((all) => all.filter((each) => each.key !== key));
          takeReady.current(ready);
        }
      } catch (error) {
        if (!abort.signal.aborted) put(key, { state: "failed", error });
      } finally {
        running.current.delete(key);
      }
    },
    [kind, put, workspaceId],
  );
  const add = (files: Iterable<File>) => {
    const given = [...files];
    const taken = given.slice(0, Math.max(room - uploads.length, 0)).map(begunWith);
    setUploads((all) => [...all, ...taken]);
    for (const each of taken) if (each.state !== "unfit") void start(each);
    return given.length - taken.length;
  };
  const remove = (upload: Upload) => {
    running.current.get(upload.key)?.abort();
    setUploads((all) => all.filter((each) => each.key !== upload.key));
    if (upload.state === "ready") discardFile(workspaceId, upload.ready.id).catch(leaveToTheDay);
  };
  return {
    uploads,
    readyIds: uploads.flatMap((each) => (each.state === "ready" ? [each.ready.id] : [])),
    isWhole: uploads.every((each) => each.state === "ready"),
    add,
    retry: (upload) => void start(upload),
    remove,
    clear: useCallback(() => setUploads([]), []),
  };
}

function begunWith(file: File): Upload {
  lastKey += 1;
  const misfit = misfitOf(file);
  if (misfit) return { key: lastKey, file, state: "unfit", misfit };
  return { key: lastKey, file, state: "uploading", part: 0 };
}

function pickedOf({ key, file }: Upload): Pick<Upload, "key" | "file"> {
  return { key, file };
}

/** What nobody attaches is removed within a day anyway. */
function leaveToTheDay(error: unknown): void {
  if (!(error instanceof ApiError)) throw error;
}
