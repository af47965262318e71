/** What templates bring to the composer: the list that `/` opens, what is left to fill in, the files that go along. */

import type { RefObject } from "react";
import type { Formatted } from "@/features/formatting/formatting";
import type { Chat } from "@/lib/api/types";
import type { Left } from "../gaps";
import { CarriedFiles } from "./CarriedFiles";
import type { Carried, Carry } from "./carried";
import { LeftBar } from "./LeftBar";
import type { Slash } from "./slash";
import { TemplatePicker } from "./TemplatePicker";

interface Props {
  chat: Chat;
  field: RefObject<HTMLTextAreaElement | null>;
  left: readonly Left[];
  slash: Slash;
  carried: readonly Carried[];
  /** Has files go along with the text; undefined where none can. */
  onCarry: Carry | undefined;
  /** Puts a text in place of what was typed. */
  onFill: (filled: Formatted) => void;
  /** Sends it, whatever is left. */
  onSend: () => void;
}

export function TemplateAids({ chat, field, left, slash, carried, onCarry, onFill, onSend }: Props) {
  const { search, keys } = slash;
  return (
    <>
      {left.length > 0 && <LeftBar left={left} field={field} onSendAnyway={onSend} />}
      {search !== undefined && <TemplatePicker {...{ chat, search, field, keys, onFill, onCarry }} />}
      {onCarry && carried.length > 0 && <CarriedFiles files={carried} onCarry={onCarry} />}
    </>
  );
}
