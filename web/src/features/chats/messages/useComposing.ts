/** The text that is being written: a new one, which Telegram keeps as a draft, or a change, which nobody keeps. */

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import {
  type Formatted,
  followed,
  type MarkType,
  toggled,
  wordAround,
} from "@/features/formatting/formatting";
import { useDraft, useTalk } from "../ChatsProvider";
import type { Purpose } from "./Composer";

export interface Composing extends Formatted {
  field: RefObject<HTMLTextAreaElement | null>;
  write: (text: string) => void;
  /** Puts another text, with its formatting, in place of what is there. */
  fill: (next: Formatted) => void;
  /** Gives the selection a look; a link needs an address. */
  look: (type: MarkType, url?: string) => void;
  clear: () => void;
}

export function useComposing(chatId: string, purpose: Purpose): Composing {
  const talk = useTalk();
  const field = useRef<HTMLTextAreaElement>(null);
  const kept = useDraft(chatId);
  const isEdit = purpose.kind === "edit";
  const [changed, setChanged] = useState<Formatted>(
    isEdit ? (talk.refusedEdit(chatId, purpose.message.id) ?? purpose.message) : kept,
  );
  const replyToId = purpose.kind === "reply" ? purpose.to.id : kept.replyToId;
  const { text, entities } = isEdit ? changed : kept;
  useEffect(() => () => talk.leave(chatId), [talk, chatId]);
  const put = (next: Formatted) => {
    if (isEdit) setChanged(next);
    else talk.type(chatId, { text: next.text, entities: next.entities, replyToId });
  };
  return {
    field,
    text,
    entities,
    fill: put,
    write: (next) => put({ text: next, entities: followed(entities, text, next) }),
    look: (type, url) => {
      const { selectionStart = 0, selectionEnd = 0 } = field.current ?? {};
      const range = wordAround(text, { from: selectionStart, to: selectionEnd });
      if (range.from < range.to) put({ text, entities: toggled(entities, type, range, url) });
      field.current?.focus();
    },
    clear: useCallback(() => {
      if (isEdit) setChanged({ text: "", entities: [] });
      else talk.sent(chatId);
    }, [isEdit, talk, chatId]),
  };
}
