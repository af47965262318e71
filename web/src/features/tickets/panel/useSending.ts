/** Files on their way up to a ticket, one after the other, each attached when it is there. */

import { t } from "@lingui/core/macro";
import { useEffect, useRef, useState } from "react";
import type { FileOut } from "@/lib/api/types";
import { checkFile, putUp } from "@/lib/files";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";

/** The most files a ticket takes. */
export const MAX_FILES = 10;

export interface Sending {
  key: number;
  file: File;
  /** From 0 to 1. */
  part: number;
  abort: AbortController;
}

let lastKey = 0;

/** `attach` is called with the newest function given; what is under way when the ticket is closed is given up. */
export function useSending(attach: (file: FileOut) => Promise<void>) {
  const workspaceId = useWorkspace().id;
  const [sending, setSending] = useState<readonly Sending[]>([]);
  const latest = useRef(attach);
  latest.current = attach;
  const queue = useRef(Promise.resolve());
  const begun = useRef(new Set<AbortController>());
  useEffect(() => {
    const all = begun.current;
    return () => {
      for (const each of all) each.abort();
    };
  }, []);
  const forget = ({ key, abort }: Sending) => {
    begun.current.delete(abort);
    setSending((all) => all.filter((each) => each.key !== key));
  };
  const sendOne = async (each: Sending) => {
    const { key, file, abort } = each;
    const onProgress = (part: number) =>
      setSending((all) => all.map((other) => (other.key === key ? { ...other, part } : other)));
    try {
      abort.signal.throwIfAborted();
      const id = await putUp(workspaceId, "ticket", file, onProgress, abort.signal);
      await latest.current(await checkFile(workspaceId, id));
    } catch (error) {
      if (!abort.signal.aborted) notifyProblem(t`${file.name} was not attached. ${problemText(error)}`);
    }
    forget(each);
  };
  const send = (files: readonly File[]) => {
    const added = files.map((file) => ({ key: ++lastKey, file, part: 0, abort: new AbortController() }));
    setSending((all) => [...all, ...added]);
    for (const each of added) {
      begun.current.add(each.abort);
      queue.current = queue.current.then(() => sendOne(each));
    }
  };
  const stop = (each: Sending) => {
    each.abort.abort();
    forget(each);
  };
  return { sending, send, stop };
}
