import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, offlineError } from "@/lib/api/errors";
import { untilListed } from "./listed";

const missing = () => new ApiError({ status: 404, code: "chat-not-found", title: "", detail: "" });
const forbidden = () => new ApiError({ status: 403, code: "forbidden", title: "", detail: "" });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A list that has the chat after so many fetches, each of the earlier ones refused. */
function listAfter(fetches: number, refusal: () => Error) {
  let asked = 0;
  return {
    asked: () => asked,
    isListed: () => asked >= fetches,
    refetch: async () => {
      if (++asked < fetches) throw refusal();
    },
  };
}

describe("waiting until a chat is listed", () => {
  it("ends at once when it is there already, and with the fetch that brings it", async () => {
    const there = listAfter(0, missing);
    await expect(untilListed(there.isListed, there.refetch)).resolves.toBe(true);
    expect(there.asked()).toBe(0);
    const next = listAfter(1, missing);
    await expect(untilListed(next.isListed, next.refetch)).resolves.toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([missing, offlineError])("goes on while it is missing or nobody answers", async (refusal) => {
    const list = listAfter(3, refusal);
    const listed = untilListed(list.isListed, list.refetch);
    await vi.advanceTimersByTimeAsync(1_000);
    await expect(listed).resolves.toBe(true);
  });

  it("ends after 20 tries, and at a refusal", async () => {
    const never = listAfter(99, missing);
    const listed = untilListed(never.isListed, never.refetch);
    await vi.advanceTimersByTimeAsync(20_000);
    await expect(listed).resolves.toBe(false);
    expect(never.asked()).toBe(20);
    const closed = listAfter(99, forbidden);
    await expect(untilListed(closed.isListed, closed.refetch)).resolves.toBe(false);
  });
});
