import { describe, expect, it } from "vitest";
import { Turns } from "./turns";

describe("turns", () => {
  it("go to the newest that is still wanted, one at a time", async () => {
    const turns = new Turns(1);
    const done: string[] = [];
    const left = new AbortController();
    const stay = new AbortController().signal;
    const work = (name: string) => async () => done.push(name);
    const all = [
      turns.take(stay, work("first")),
      turns.take(stay, work("seen long ago")),
      turns.take(left.signal, work("left")),
      turns.take(stay, work("on the screen")),
    ];
    left.abort();
    const ends = await Promise.allSettled(all);
    expect(done).toEqual(["first", "on the screen", "seen long ago"]);
    expect(ends.map((each) => each.status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  });

  it("are passed on when a work fails", async () => {
    const turns = new Turns(1);
    const { signal } = new AbortController();
    const broken = turns.take(signal, () => Promise.reject(new Error("broken")));
    const next = turns.take(signal, async () => "done");
    await expect(broken).rejects.toThrow("broken");
    expect(await next).toBe("done");
  });
});
