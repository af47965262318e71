/** What templates bring to the composer: the list that `/` opens, and what is left to fill in. */

import type { RefObject } from "react";
import type { Formatted } from "@/features/formatting/formatting";
import type { Chat } from "@/lib/api/types";
import type { Left } from "../gaps";
import { LeftBar } from "./LeftBar";
import type { Slash } from "./slash";
import { TemplatePicker } from "./TemplatePicker";

interface Props {
  chat: Chat;
  field: RefObject<HTMLTextAreaElement | null>;
  left: readonly Left[];
  slash: Slash;
  /** Puts a text in place of what was typed. */
  onFill: (filled: Formatted) => void;
  /** Sends it, whatever is left. */
  onSend: () => void;
}

export function TemplateAids({ chat, field, left, slash, onFill, onSend }: Props) {
  const { search, keys } = slash;
  return (
    <>
      {left.length > 0 && <LeftBar left={left} field={field} onSendAnyway={onSend} />}
      {search !== undefined && (
        <TemplatePicker chat={chat} search={search} field={field} keys={keys} onFill={onFill} />
      )}
    </>
  );
}
