/** Sizes and lengths as people read them, and which attachments are looked at. */

import type { MessageMedia } from "@/live/types";

/** Whether it is looked at in the viewer. */
export function isSeen(media: MessageMedia): boolean {
  return media.kind === "photo" || media.kind === "video" || media.kind === "sticker";
}

/** 3.2 MB */
export function sizeText(bytes: number): string {
  const [amount, unit] = bytes < 1_000_000 ? [bytes / 1_000, "kilobyte"] : [bytes / 1_000_000, "megabyte"];
  return new Intl.NumberFormat(undefined, { style: "unit", unit, maximumFractionDigits: 1 }).format(amount);
}

/** 1:05 */
export function lengthText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}
