import { describe, expect, it } from "vitest";

import type { ActivityEntry, ActivityPage } from "@/lib/api/types";

import { arrivals, withArrivals } from "./feed";

function entry(id: string): ActivityEntry {
  const actor = { kind: "user", id: "U1", name: "Robin Vale" };
  const nothing = { target_name: null, old: null, new: null, address: null, device: null };
  return { id, at: "2026-03-12T12:00:00Z", kind: "member.joined", actor, target: "U1", ...nothing };
}

function page(ids: string[], next: string | null = null): ActivityPage {
  return { entries: ids.map(entry), next_cursor: next, searched_to: null };
}

const idsOf = (entries: readonly ActivityEntry[]) => entries.map(({ id }) => id);

describe("what came since the log was loaded", () => {
  it("is what no loaded page has", () => {
    const found = arrivals([page(["3", "2"], "c"), page(["1"])], [], page(["4", "3", "2"], "c"));
    expect(idsOf(found.entries)).toEqual(["4"]);
    expect(found.isGap).toBe(false);
  });

  it("is not told twice while it waits to be shown", () => {
    expect(arrivals([page(["1"])], [entry("2")], page(["2", "1"])).entries).toEqual([]);
  });

  it("has a gap when nothing of the new page is known and it goes on", () => {
    expect(arrivals([page(["1"])], [], page(["9", "8"], "c")).isGap).toBe(true);
  });

  it("has no gap where the log was empty", () => {
    expect(arrivals([page([])], [], page(["2", "1"], "c"))).toMatchObject({ isGap: false });
  });

  it("stands on top, in the order of time", () => {
    const [first, second] = withArrivals([page(["5", "2"]), page(["1"])], [entry("4"), entry("6")]);
    expect(idsOf(first?.entries ?? [])).toEqual(["6", "5", "4", "2"]);
    expect(idsOf(second?.entries ?? [])).toEqual(["1"]);
  });

  it("changes nothing when nothing came", () => {
    const pages = [page(["1"])];
    expect(withArrivals(pages, [])).toBe(pages);
  });
});
