import { describe, expect, it } from "vitest";
import type { Comment, Thread } from "@/lib/api/types";
import { withComment } from "./comments";
import { notesOf } from "./notes";

const ROOT = "R".repeat(26);

function comment(id: string, second: number, more: Partial<Comment> = {}): Comment {
  const author = { id: "A", name: "Anna" };
  return {
    id,
    author,
    text: id,
    mentions: [],
    files: [],
    quote: null,
    at: `2026-11-20T12:00:0${second}Z`,
    edited_at: null,
    version: 1,
    is_deleted: false,
    ...more,
  };
}

const thread = (root: Comment, ...answers: Comment[]): Thread => ({ comment: root, answers });

describe("comments", () => {
  it("stand between messages oldest first, answers among them, and deleted ones not at all", () => {
    const newest = thread(comment("c", 3));
    const oldest = thread(comment("a", 1, { is_deleted: true }), comment("b", 2), comment("d", 4));
    expect(notesOf([newest, oldest]).map((each) => each.id)).toEqual(["b", "c", "d"]);
  });

  it("that are new begin a thread above the others", () => {
    const threads = withComment([thread(comment("a", 1))], comment("b", 2));
    expect(threads.map((each) => each.comment.id)).toEqual(["b", "a"]);
  });

  it("that are answers end their thread, wherever it stands", () => {
    const other = thread(comment("S".repeat(26), 4));
    const own = thread(comment(ROOT, 1), comment(`${ROOT}W`, 2));
    const threads = withComment([other, own], comment(`${ROOT}X`, 3));
    expect(threads.map((each) => each.answers.map(({ id }) => id))).toEqual([[], [`${ROOT}W`, `${ROOT}X`]]);
  });
});
