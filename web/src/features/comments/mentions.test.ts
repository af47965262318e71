import { describe, expect, it } from "vitest";
import { followed, matching, mentioned, piecesOf, queryAt, trimmed, type Words, wordsOf } from "./mentions";

const ANNA = { id: "A", name: "Anna Petrova", username: "anna" };
const ZOE = { id: "Z", name: "Zoë Quinn", username: "quinn" };
const said: Words = { text: "Ask @Anna now", mentions: [{ user_id: "A", offset: 4, length: 5 }] };

describe("a mention that is written", () => {
  it("moves along with what is written before it and stays for what is behind", () => {
    expect(followed(said, "Do ask @Anna now").mentions).toEqual([{ user_id: "A", offset: 7, length: 5 }]);
    expect(followed(said, "Ask @Anna now!").mentions).toEqual(said.mentions);
  });

  it("ends when its name is changed", () => {
    expect(followed(said, "Ask @Ann now").mentions).toEqual([]);
    expect(followed(said, "").mentions).toEqual([]);
  });

  it("is looked for behind an @ that begins a word", () => {
    const at = (text: string) => queryAt({ text, mentions: [] }, text.length)?.words;
    expect([at("@"), at("Ask @an"), at("(@anna pe")]).toEqual(["", "an", "anna pe"]);
    expect([at("mail me@an"), at("Ask @anna petrova now"), at("@ "), at("nobody")]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("is not looked for where somebody is mentioned already", () => {
    expect(queryAt(said, 9)).toBeNull();
  });

  it("is found by the beginning of any word of the name, without accents, and by the username", () => {
    const found = (words: string) => matching([ANNA, ZOE], words).map((each) => each.id);
    expect([found("pet"), found("ZOE"), found("qui"), found("x"), found("")]).toEqual([
      ["A"],
      ["Z"],
      ["Z"],
      [],
      ["A", "Z"],
    ]);
  });

  it("takes the place of what was typed", () => {
    const typed: Words = { text: "Ask @an and @Zoë", mentions: [{ user_id: "Z", offset: 12, length: 4 }] };
    const [words, caret] = mentioned(typed, { from: 4, words: "an" }, 7, ANNA);
    expect(words.text).toBe("Ask @Anna Petrova and @Zoë");
    expect(words.mentions).toEqual([
      { user_id: "A", offset: 4, length: 13 },
      { user_id: "Z", offset: 22, length: 4 },
    ]);
    expect(caret).toBe(18);
  });

  it("is sent where it stands when blanks are cut off", () => {
    expect(trimmed({ text: "  @Anna ", mentions: [{ user_id: "A", offset: 2, length: 5 }] })).toEqual({
      text: "@Anna",
      mentions: [{ user_id: "A", offset: 0, length: 5 }],
    });
  });
});

describe("a comment that is shown", () => {
  const member = (id: string, name: string | null) => ({ id, name });
  const comment = {
    text: "@, ask @!",
    mentions: [
      { offset: 0, length: 1, member: member("A", "Anna") },
      { offset: 7, length: 1, member: member("Z", null) },
    ],
  };

  it("has members in the places of their @", () => {
    expect(piecesOf(comment)).toEqual([
      { member: member("A", "Anna") },
      { text: ", ask " },
      { member: member("Z", null) },
      { text: "!" },
    ]);
  });

  it("is edited with the names as they are now, and whoever left is mentioned no more", () => {
    expect(wordsOf(comment, "former member")).toEqual({
      text: "@Anna, ask @former member!",
      mentions: [{ user_id: "A", offset: 0, length: 5 }],
    });
  });
});
