import { describe, expect, it } from "vitest";
import type { MessageMedia } from "@/live/types";
import { looksOf } from "./looksOf";

const media = (kind: MessageMedia["kind"], mime: string | null) => ({ kind, mime }) as MessageMedia;

describe("how something is shown", () => {
  it.each([
    ["photo", null, "picture"],
    ["video", null, "video"],
    ["video", "video/mp4", "video"],
    ["video", "image/gif", "picture"],
    ["sticker", "image/webp", "picture"],
    ["sticker", "video/webm", "video"],
    ["sticker", "application/x-tgsticker", null],
  ] as const)("goes by its type: a %s of %s as %s", (kind, mime, looks) => {
    expect(looksOf(media(kind, mime))).toBe(looks);
  });
});
