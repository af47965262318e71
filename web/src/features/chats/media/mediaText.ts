/** Lengths as people read them, and which attachments are looked at. */

import type { MessageMedia } from "@/live/types";

/** Whether it is looked at in the viewer. */
export function isSeen(media: MessageMedia): boolean {
  return media.kind === "photo" || media.kind === "video" || media.kind === "sticker";
}

/** 1:05 */
export function lengthText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}
