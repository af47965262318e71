/** Files somebody chose to send: what each is sent as, what Telegram would not take, and which go as one message. Pure. */

import type { SentKind } from "@/live/requests";

/** Telegram's own limits. */
export const MAX_BYTES = 2_000 * 1024 * 1024;
export const MAX_PHOTO_BYTES = 10 * 1024 * 1024;
export const MAX_PHOTO_SIDES = 10_000;
export const MAX_PHOTO_RATIO = 20;
export const MAX_ALBUM = 10;
export const CAPTION_MAX = 1_024;

const PHOTO_TYPES = new Set(["image/jpeg", "image/png", "image/webp"]);
const VIDEO_TYPES = new Set(["video/mp4", "video/quicktime", "video/webm"]);
const ANY_TYPE = "application/octet-stream";
const TYPE = /^[a-z]+\/[a-z0-9][a-z0-9.+-]*$/;

/** A file in the tray. `shownAs` is what it can be shown as; `asFile` sends it as it is. */
export interface Picked {
  readonly id: number;
  readonly file: File;
  readonly shownAs: SentKind;
  readonly asFile: boolean;
  readonly caption: string;
  readonly durationS: number;
  readonly width: number;
  readonly height: number;
}

/** Why a file cannot be sent. */
export type Misfit = "empty" | "too-large";

let lastId = 0;

export function pick(file: File, shownAs = shownAsOf(file)): Picked {
  lastId += 1;
  return { id: lastId, file, shownAs, asFile: false, caption: "", durationS: 0, width: 0, height: 0 };
}

/** As what the file is sent. A picture too long for a photo goes as a file. */
export function kindOf(picked: Picked): SentKind {
  const isUnfit = picked.shownAs === "photo" && !isPhotoShape(picked);
  return picked.asFile || isUnfit ? "document" : picked.shownAs;
}

/** Source: https://core.telegram.org/bots/api#sendphoto. Measures of 0 are not known. */
function isPhotoShape({ width, height }: Picked): boolean {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  return short === 0 || (short + long <= MAX_PHOTO_SIDES && long / short <= MAX_PHOTO_RATIO);
}

/** The type the bucket is told: bare, and always one. */
export function mimeOf(file: File): string {
  const bare = file.type.split(";")[0]?.toLowerCase() ?? "";
  return TYPE.test(bare) ? bare : ANY_TYPE;
}

export function misfitOf(file: File): Misfit | null {
  if (file.size === 0) return "empty";
  return file.size > MAX_BYTES ? "too-large" : null;
}

/** The messages these files make, in their order: albums of pictures and videos, albums of files, voice messages. */
export function messagesOf(picked: readonly Picked[]): Picked[][] {
  const messages: Picked[][] = [];
  for (const each of picked) {
    const last = messages.at(-1);
    const before = last?.[0];
    if (last && before && last.length < MAX_ALBUM && goTogether(kindOf(before), kindOf(each)))
      last.push(each);
    else messages.push([each]);
  }
  return messages;
}

export function moved(picked: readonly Picked[], id: number, by: -1 | 1): readonly Picked[] {
  const from = picked.findIndex((each) => each.id === id);
  const to = from + by;
  const one = picked[from];
  if (!one || to < 0 || to >= picked.length) return picked;
  return picked.toSpliced(from, 1).toSpliced(to, 0, one);
}

function goTogether(a: SentKind, b: SentKind): boolean {
  return isSeen(a) ? isSeen(b) : a === "document" && b === "document";
}

function isSeen(kind: SentKind): boolean {
  return kind === "photo" || kind === "video";
}

/** A picture too large for a photo can still be sent as a file. */
function shownAsOf(file: File): SentKind {
  const mime = mimeOf(file);
  if (PHOTO_TYPES.has(mime) && file.size <= MAX_PHOTO_BYTES) return "photo";
  return VIDEO_TYPES.has(mime) ? "video" : "document";
}
