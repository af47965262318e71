import { describe, expect, it } from "vitest";
import { droppedOf, pastedOf } from "./handed";

const file = new File(["x"], "a.png", { type: "image/png" });

function anItem(isDirectory: boolean) {
  return { kind: "file", webkitGetAsEntry: () => ({ isDirectory }), getAsFile: () => file };
}

describe("what is dropped", () => {
  it("is its files; folders cannot be sent, and are told apart", () => {
    const mixed = { items: [anItem(false), anItem(true), { kind: "string" }] } as unknown as DataTransfer;
    expect(droppedOf(mixed)).toEqual({ files: [file], hasFolders: true });
    const plain = { items: [anItem(false)] } as unknown as DataTransfer;
    expect(droppedOf(plain)).toEqual({ files: [file], hasFolders: false });
  });
});

describe("what is pasted", () => {
  it.each([
    ["cells of a sheet", ["text/plain", "text/html", "Files"], 0],
    ["a picture of a page", ["text/html", "Files"], 1],
    ["a file copied on a Mac", ["text/plain", "Files"], 1],
    ["a screenshot", ["Files"], 1],
  ])("is text or files: %s", (_, types, count) => {
    const pasted = { files: [file], types } as unknown as DataTransfer;
    expect(pastedOf(pasted)).toHaveLength(count);
  });
});
