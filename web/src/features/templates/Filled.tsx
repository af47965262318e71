/** A text with its variables filled; what nothing fills is marked. */

import { formatted } from "@/features/formatting/entities";
import type { MessageEntity } from "@/live/types";
import type { Rendered } from "./variables";

export function Filled({ rendered: { text, entities, gaps } }: { rendered: Rendered }) {
  const marked = gaps.map(
    ({ offset, length }): MessageEntity => ({ type: "gap", offset, length, url: null }),
  );
  return formatted(text, [...entities, ...marked]);
}
