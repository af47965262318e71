import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { coalesced } from "./coalesced";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("wishes made together", () => {
  it("are one run", async () => {
    const work = vi.fn(async () => {});
    const wish = coalesced(work, 100);
    wish();
    wish();
    await vi.advanceTimersByTimeAsync(500);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it("made while it runs are one more run afterwards", async () => {
    let finish = () => {};
    const work = vi.fn(() => new Promise<void>((done) => (finish = done)));
    const wish = coalesced(work, 100);
    wish();
    await vi.advanceTimersByTimeAsync(100);
    wish();
    wish();
    await vi.advanceTimersByTimeAsync(500);
    expect(work).toHaveBeenCalledTimes(1);
    finish();
    await vi.advanceTimersByTimeAsync(100);
    expect(work).toHaveBeenCalledTimes(2);
  });
});
