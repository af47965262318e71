import { describe, expect, it } from "vitest";
import { ApiError } from "@/lib/api/errors";
import type { Ticket, TicketChange } from "@/lib/api/types";
import { type RefusedChange, TicketEdits } from "./edits";

const ticket = {
  id: "T",
  number: 42,
  title: "Old",
  status: "new",
  priority: "low",
  values: {},
  version: 1,
} as Ticket;

function changed(): ApiError {
  const standing = { version: 5, parts: { title: "Theirs" } };
  return new ApiError({ status: 409, code: "ticket-changed", title: "", detail: "", standing });
}

/** A screen with one ticket, and an API whose answers the test gives one by one. */
function desk() {
  let shown = ticket;
  const sent: TicketChange[] = [];
  const answers: { take: (ticket: Ticket) => void; refuse: (error: Error) => void }[] = [];
  const refusals: RefusedChange[] = [];
  const edits = new TicketEdits(
    {
      read: () => shown,
      show: (next) => {
        shown = next;
      },
    },
    (_id, body) => {
      sent.push(body);
      return new Promise((take, refuse) => answers.push({ take, refuse }));
    },
    (refused) => refusals.push(refused),
  );
  return { edits, sent, answers, refusals, shown: () => shown };
}

const settled = () => new Promise((done) => setTimeout(done));

describe("a change of a ticket", () => {
  it("is shown at once and sent with the version that was seen", async () => {
    const { edits, sent, shown } = desk();
    void edits.change("T", { title: "New" });
    await settled();
    expect(shown().title).toBe("New");
    expect(sent).toEqual([{ title: "New", version: 1 }]);
  });

  it("waits for the one before it, and is not refused for it", async () => {
    const { edits, sent, answers, shown } = desk();
    void edits.change("T", { title: "One" });
    void edits.change("T", { title: "Two" });
    await settled();
    expect(sent).toHaveLength(1);
    answers[0]?.take({ ...ticket, title: "One", version: 2 });
    await settled();
    expect(shown().title).toBe("Two");
    expect(sent[1]).toEqual({ title: "Two", version: 2 });
  });

  it("that is refused is taken back, with the reason and what stands", async () => {
    const { edits, answers, refusals, shown } = desk();
    void edits.change("T", { title: "Mine" });
    await settled();
    answers[0]?.refuse(changed());
    await settled();
    expect(shown()).toMatchObject({ title: "Theirs", version: 5 });
    expect(refusals[0]?.standing).toMatchObject({ title: "Theirs" });
  });

  it("stays shown over what others make of other parts meanwhile", async () => {
    const { edits, answers, shown } = desk();
    void edits.change("T", { title: "Mine" });
    edits.observe({ ...ticket, priority: "high", version: 2 });
    expect(shown()).toMatchObject({ title: "Mine", priority: "high" });
    await settled();
    answers[0]?.take({ ...ticket, title: "Mine", priority: "high", version: 3 });
    await settled();
    expect(shown()).toMatchObject({ title: "Mine", priority: "high", version: 3 });
  });

  it("is sent with the version that was seen, whatever arrives before it is sent", async () => {
    const { edits, sent, answers } = desk();
    void edits.change("T", { title: "One" });
    void edits.change("T", { priority: "high" });
    await settled();
    edits.observe({ ...ticket, priority: "medium", version: 7 });
    answers[0]?.take({ ...ticket, title: "One", version: 2 });
    await settled();
    expect(sent[1]).toEqual({ priority: "high", version: 2 });
  });

  it("of one value leaves the others as they are", async () => {
    const { edits, sent, answers, shown } = desk();
    edits.observe({ ...ticket, values: { A: 1, B: 2 } });
    void edits.change("T", { values: { A: 3 } });
    await settled();
    expect(shown().values).toEqual({ A: 3, B: 2 });
    expect(sent[0]?.values).toEqual({ A: 3 });
    answers[0]?.take({ ...ticket, values: { A: 3, B: 2 }, version: 2 });
    await settled();
    expect(shown().values).toEqual({ A: 3, B: 2 });
  });

  it("is not shown over by news that are older than what is known", () => {
    const { edits, shown } = desk();
    edits.observe({ ...ticket, title: "Older", version: 0 });
    expect(shown().title).toBe("Old");
  });
});
