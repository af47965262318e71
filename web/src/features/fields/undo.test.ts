import { describe, expect, it } from "vitest";
import { emptyHistory, redone, remembered, undone, type ValueChange, withoutRefused } from "./undo";

const change = (columnId: string, before: string | null, after: string | null): ValueChange => ({
  chatId: "C",
  columnId,
  before,
  after,
});

describe("undoing", () => {
  it("takes a whole batch back, last change first", () => {
    const history = remembered(emptyHistory, [change("a", null, "1"), change("a", "1", "2")]);
    expect(undone(history).changes).toEqual([change("a", "2", "1"), change("a", "1", null)]);
  });

  it("and redoing leaves things as they were", () => {
    const history = remembered(emptyHistory, [change("a", null, "1")]);
    const back = undone(history);
    expect(redone(back.history)).toEqual({ history, changes: [change("a", null, "1")] });
  });

  it("does nothing where there is nothing to take back", () => {
    expect(undone(emptyHistory).changes).toEqual([]);
    expect(redone(emptyHistory).changes).toEqual([]);
  });

  it("forgets what could be redone when something new is done", () => {
    const back = undone(remembered(emptyHistory, [change("a", null, "1")]));
    expect(remembered(back.history, [change("b", null, "2")]).undone).toEqual([]);
  });

  it("leaves out what the server refused", () => {
    const history = remembered(emptyHistory, [change("a", null, "1"), change("b", null, "2")]);
    expect(undone(withoutRefused(history, change("a", null, "1"))).changes).toEqual([change("b", "2", null)]);
  });
});
