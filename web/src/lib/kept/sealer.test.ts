import { describe, expect, it } from "vitest";
import { Sealer } from "./sealer";

const keyOf = (letter: string) => btoa(letter.repeat(32));

describe("what is sealed", () => {
  it("is opened by the same key under the same name", async () => {
    const sealer = await Sealer.of(keyOf("k"));
    const value = { title: "Ада 🦊", unread: 3, private: null };
    expect(await sealer.open("rows", await sealer.seal("rows", value))).toEqual(value);
  });

  it("shows nothing of itself and is never the same twice", async () => {
    const sealer = await Sealer.of(keyOf("k"));
    const [one, other] = [await sealer.seal("rows", "a title"), await sealer.seal("rows", "a title")];
    expect(new TextDecoder().decode(one.body)).not.toContain("title");
    expect(new Uint8Array(one.body)).not.toEqual(new Uint8Array(other.body));
  });

  it.each(["another key", "another name", "a changed byte"])("is not opened with %s", async (how) => {
    const sealer = await Sealer.of(keyOf("k"));
    const sealed = await sealer.seal("rows", "a title");
    const opener = how === "another key" ? await Sealer.of(keyOf("x")) : sealer;
    if (how === "a changed byte") new Uint8Array(sealed.body).set([0, 0, 0, 0]);
    expect(await opener.open(how === "another name" ? "else" : "rows", sealed)).toBeUndefined();
  });
});
