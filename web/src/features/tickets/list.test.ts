import { describe, expect, it } from "vitest";
import type { Ticket } from "@/lib/api/types";
import { byStatus, shownTickets } from "./list";
import type { TicketsWish } from "./wish";

const NOW = Date.UTC(2026, 0, 1);
const noSla = { state: "not_set", hours: null, due_at: null, warns_at: null, left_s: null, done_at: null };

function ticket(number: number, more: object): Ticket {
  return {
    id: `T${number}`,
    number,
    title: `Ticket ${number}`,
    description: "",
    status: "new",
    priority: "medium",
    assignee: null,
    due_on: null,
    chat_ids: [],
    changed_at: `2026-01-0${number}`,
    sla: noSla,
    ...more,
  } as unknown as Ticket;
}

const late = {
  ...noSla,
  state: "breached",
  hours: 1,
  due_at: "2025-12-31T00:00:00Z",
  warns_at: "2025-12-30T00:00:00Z",
};
const tickets = [
  ticket(1, { title: "Invoice", priority: "low", assignee: "ZOE", due_on: "2026-02-01" }),
  ticket(2, { description: "the INVOICE of March", status: "solved", assignee: "ADA" }),
  ticket(3, { priority: "high", chat_ids: ["C"], sla: late }),
];
const names: Record<string, string> = { ZOE: "Zoe", ADA: "Ada" };

const numbers = (wish: TicketsWish) =>
  shownTickets(tickets, { wish, userId: "ADA", nowMs: NOW, nameOf: (id) => names[id] ?? "" }).map(
    (each) => each.number,
  );

describe("the list of tickets", () => {
  it.each([
    [{}, [3, 2, 1]],
    [{ q: "invoice" }, [2, 1]],
    [{ q: "march INVOICE" }, [2]],
    [{ q: "#3" }, [3]],
    [{ q: "nothing" }, []],
    [{ status: "unsolved" }, [3, 1]],
    [{ status: "solved" }, [2]],
    [{ priority: "high" }, [3]],
    [{ assignee: "me" }, [2]],
    [{ assignee: "nobody" }, [3]],
    [{ assignee: "ZOE" }, [1]],
    [{ sla: "breached" }, [3]],
    [{ chat: "C" }, [3]],
    [{ sort: "number" }, [1, 2, 3]],
    [{ sort: "priority" }, [3, 2, 1]],
    [{ sort: "priority", down: true }, [1, 2, 3]],
    [{ sort: "assignee" }, [2, 1, 3]],
    [{ sort: "sla" }, [3, 2, 1]],
    [{ sort: "due_on" }, [1, 3, 2]],
    [{ sort: "status" }, [3, 1, 2]],
    [{ sort: "changed" }, [3, 2, 1]],
    [{ sort: "title" }, [1, 2, 3]],
  ] as [TicketsWish, number[]][])("of %j", (wish, expected) => {
    expect(numbers(wish)).toEqual(expected);
  });

  it("stands in the lanes of its statuses", () => {
    const lanes = byStatus(tickets);
    expect(Object.keys(lanes)).toEqual(["new", "open", "pending", "blocked", "solved", "closed"]);
    expect(lanes.new.map((each) => each.number)).toEqual([1, 3]);
  });
});
