import { describe, expect, it } from "vitest";
import { addPreview, addUsage } from "./counting";

describe("parts of the chats", () => {
  it("add up to how a column is used", () => {
    const first = { filled: 3, options: { a: 2, b: 1 }, next_cursor: "more" };
    const second = { filled: 2, options: { b: 1, c: 1 }, next_cursor: null };
    expect(addUsage(first, second)).toEqual({ filled: 5, options: { a: 2, b: 2, c: 1 }, next_cursor: null });
  });

  it("add up to a preview that names the first fifty", () => {
    const misfit = (chat_id: string) => ({ chat_id, title: chat_id, text: "x" });
    const many = Array.from({ length: 49 }, (_, index) => misfit(`c${index}`));
    const first = { fitting: 1, misfits: 49, first: many, next_cursor: "more" };
    const second = {
      fitting: 2,
      misfits: 3,
      first: [misfit("x"), misfit("y"), misfit("z")],
      next_cursor: null,
    };
    const sum = addPreview(first, second);
    expect([sum.fitting, sum.misfits, sum.first.length]).toEqual([3, 52, 50]);
    expect(sum.first.at(-1)).toEqual(misfit("x"));
  });
});
