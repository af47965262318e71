/** A comment while it is written: words, who is mentioned, files, and saying it once however often it is tried. */

import { useRef, useState } from "react";
import { type Uploads, useUploads } from "@/features/files/useUploads";
import { followed, NOTHING, trimmed, type Words } from "./mentions";

export const TEXT_MAX = 10_000;

export interface Commenting {
  words: Words;
  put: (words: Words) => void;
  write: (text: string) => void;
  uploads: Uploads;
  isTooLong: boolean;
  canSay: boolean;
  /** What is sent; the key stays until it was said. */
  said: (quotedId?: number) => {
    said: Words & { fileIds: string[]; quotedId?: number | undefined };
    key: string;
  };
  clear: () => void;
}

export function useCommenting(before: Words = NOTHING, hasQuote = false): Commenting {
  const [words, put] = useState(before);
  const uploads = useUploads("comment");
  const key = useRef<string>(undefined);
  const isTooLong = words.text.length > TEXT_MAX;
  const hasSomething = words.text.trim() !== "" || uploads.readyIds.length > 0 || hasQuote;
  return {
    words,
    put,
    write: (text) => put(followed(words, text)),
    uploads,
    isTooLong,
    canSay: hasSomething && !isTooLong && uploads.isWhole,
    said: (quotedId) => {
      key.current ??= crypto.randomUUID();
      return { said: { ...trimmed(words), fileIds: uploads.readyIds, quotedId }, key: key.current };
    },
    clear: () => {
      key.current = undefined;
      put(NOTHING);
      uploads.clear();
    },
  };
}
