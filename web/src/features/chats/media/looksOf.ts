/** As what a browser shows an attachment. Pure. */

import type { MessageMedia } from "@/live/types";

/** Null where none can: an animated sticker of Telegram's own making. */
export function looksOf({ kind, mime }: MessageMedia): "picture" | "video" | null {
  if (mime?.startsWith("image/")) return "picture";
  if (mime?.startsWith("video/")) return "video";
  if (kind === "video") return "video";
  return kind === "photo" || mime === null ? "picture" : null;
}
