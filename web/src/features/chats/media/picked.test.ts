import { describe, expect, it } from "vitest";
import { kindOf, MAX_PHOTO_BYTES, messagesOf, mimeOf, misfitOf, moved, type Picked, pick } from "./picked";

function aFile(type: string, size = 1): File {
  const file = new File([], "a", { type });
  Object.defineProperty(file, "size", { value: size });
  return file;
}

const picked = (...types: string[]): Picked[] => types.map((type) => pick(aFile(type)));
const shape = (files: Picked[]) => messagesOf(files).map((message) => message.map(kindOf));

describe("what files are sent as", () => {
  it("shows pictures and videos, and sends all else as files", () => {
    expect(picked("image/png", "video/mp4", "application/pdf", "image/svg+xml").map(kindOf)).toEqual([
      "photo",
      "video",
      "document",
      "document",
    ]);
  });

  it("sends a picture as a file when that is wished, or when it is too large for a photo", () => {
    expect(kindOf({ ...pick(aFile("image/png")), asFile: true })).toBe("document");
    expect(kindOf(pick(aFile("image/png", MAX_PHOTO_BYTES + 1)))).toBe("document");
  });

  it("sends a picture as a file when it is too long or too large on its sides for a photo", () => {
    const photo = pick(aFile("image/png"));
    const kinds = [
      [1_080, 21_600],
      [1_080, 21_601],
      [400, 8_000],
      [400, 8_001],
      [5_000, 5_000],
      [5_000, 5_001],
    ].map(([width = 0, height = 0]) => kindOf({ ...photo, width, height }));
    expect(kinds).toEqual(["document", "document", "photo", "document", "photo", "document"]);
  });

  it("names a type for files that have none, and leaves parameters away", () => {
    expect([aFile(""), aFile("audio/ogg;codecs=opus")].map(mimeOf)).toEqual([
      "application/octet-stream",
      "audio/ogg",
    ]);
  });

  it("refuses what Telegram would not take", () => {
    expect([aFile("a/b", 0), aFile("a/b", 2 * 1024 ** 3), aFile("a/b", 10)].map(misfitOf)).toEqual([
      "empty",
      "too-large",
      null,
    ]);
  });
});

describe("the messages they make", () => {
  it("puts pictures and videos into one album, and files into another", () => {
    expect(shape(picked("image/png", "video/mp4", "text/plain", "text/plain", "image/png"))).toEqual([
      ["photo", "video"],
      ["document", "document"],
      ["photo"],
    ]);
  });

  it("begins a new album after ten", () => {
    expect(shape(picked(...Array<string>(12).fill("image/png"))).map((message) => message.length)).toEqual([
      10, 2,
    ]);
  });

  it("keeps voice messages alone", () => {
    const voice = [pick(aFile("audio/ogg"), "voice"), pick(aFile("audio/ogg"), "voice")];
    expect(shape(voice)).toEqual([["voice"], ["voice"]]);
  });
});

describe("their order", () => {
  it("changes by one place, and not beyond the ends", () => {
    const [a, b] = picked("image/png", "video/mp4") as [Picked, Picked];
    expect(moved([a, b], b.id, -1)).toEqual([b, a]);
    expect(moved([a, b], a.id, -1)).toEqual([a, b]);
  });
});
