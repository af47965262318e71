/** Whether an internal comment is written in place of a message, and on which message. */

import { msg } from "@lingui/core/macro";
import { useCallback, useState } from "react";
import { useShortcuts } from "@/lib/hotkeys";
import { useCan } from "@/lib/session";
import type { Message } from "@/live/types";
import { showMessage } from "./showMessage";

interface Mode {
  quotedId: number | undefined;
}

export interface CommentModes {
  mode: Mode | null;
  /** Undefined where the person may not comment. */
  start: (() => void) | undefined;
  on: ((message: Message) => void) | undefined;
  /** One was said: it is shown, and the next is about no message. */
  said: () => void;
  leave: () => void;
}

export function useCommentMode(chatId: string): CommentModes {
  const mayComment = useCan("values.edit");
  const [mode, setMode] = useState<Mode | null>(null);
  const start = useCallback(() => setMode({ quotedId: undefined }), []);
  const on = useCallback((message: Message) => setMode({ quotedId: message.id }), []);
  const toggle = () => setMode(mode ? null : { quotedId: undefined });
  const keys = ["n", "$mod+Shift+n"].map((each) => ({
    keys: each,
    label: msg`Write an internal comment`,
    run: toggle,
  }));
  useShortcuts(msg`Comments`, mayComment ? keys : []);
  return {
    mode,
    start: mayComment ? start : undefined,
    on: mayComment ? on : undefined,
    said: () => {
      start();
      showMessage(chatId, "end");
    },
    leave: useCallback(() => setMode(null), []),
  };
}
