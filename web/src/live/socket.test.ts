import { beforeEach, describe, expect, it, vi } from "vitest";
import { LiveSocket, type Wire } from "./socket";

class TestWire implements Wire {
  sent: Record<string, unknown>[] = [];
  reconnects = 0;
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.onclose?.();
  }

  reconnect(): void {
    this.reconnects++;
  }

  say(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  async welcome(): Promise<void> {
    this.onopen?.();
    await vi.waitFor(() => expect(this.sent.at(-1)).toMatchObject({ type: "hello" }));
    this.say({ type: "welcome", seq: 0, connections: [] });
  }
}

let wire: TestWire;
let socket: LiveSocket;

beforeEach(() => {
  wire = new TestWire();
  let passes = 0;
  socket = new LiveSocket(
    () => wire,
    async () => `pass-${++passes}`,
  );
  socket.open();
});

describe("the live socket", () => {
  it("says hello with a fresh pass after every reconnect", async () => {
    await wire.welcome();
    wire.onclose?.();
    await wire.welcome();
    expect(wire.sent.map((frame) => frame.pass)).toEqual(["pass-1", "pass-2"]);
  });

  it("sends a request that was made before the welcome after it", async () => {
    const answer = socket.request("chat.read", { chat_id: "C", up_to_id: 5 });
    expect(wire.sent).toEqual([]);
    await wire.welcome();
    expect(wire.sent.at(-1)).toEqual({ id: "c1", type: "chat.read", chat_id: "C", up_to_id: 5 });
    wire.say({ re: "c1", type: "ok", result: { unread_count: 0 } });
    await expect(answer).resolves.toEqual({ unread_count: 0 });
  });

  it("rejects with the gateway's own problem", async () => {
    await wire.welcome();
    const answer = socket.request("chat.read", { chat_id: "C", up_to_id: 5 });
    wire.say({
      re: "c1",
      type: "problem",
      problem: { code: "wait", title: "W", status: 429, retry_after_s: 7 },
    });
    await expect(answer).rejects.toMatchObject({ code: "wait", status: 429, retryAfterS: 7 });
  });

  it("tells what stands in the way", async () => {
    await wire.welcome();
    const answer = socket.request("group.add", { chat_id: "C", name: "@giulia" });
    wire.say({
      re: "c1",
      type: "problem",
      problem: {
        code: "telegram-refused",
        title: "Telegram's answer: USER_PRIVACY_RESTRICTED.",
        status: 409,
        standing: { telegram_error: "USER_PRIVACY_RESTRICTED" },
      },
    });
    await expect(answer).rejects.toMatchObject({ standing: { telegram_error: "USER_PRIVACY_RESTRICTED" } });
  });

  it("rejects as offline what was asked when the socket was lost", async () => {
    await wire.welcome();
    const answer = socket.request("chat.read", { chat_id: "C", up_to_id: 5 });
    wire.onclose?.();
    await expect(answer).rejects.toMatchObject({ code: "offline", status: 0 });
    expect(socket.status).toBe("offline");
  });

  it("rejects a result of a wrong shape as unreadable", async () => {
    await wire.welcome();
    const answer = socket.request("chat.read", { chat_id: "C", up_to_id: 5 });
    wire.say({ re: "c1", type: "ok", result: { unread_count: "none" } });
    await expect(answer).rejects.toMatchObject({ code: "unreadable" });
  });

  it("says that it has settled a moment after each welcome, unless the socket was lost before", async () => {
    vi.useFakeTimers();
    const settled = vi.fn();
    socket.onSettled(settled);
    await wire.welcome();
    wire.onclose?.();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(settled).not.toHaveBeenCalled();
    await wire.welcome();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(settled).toHaveBeenCalledTimes(1);
    vi.useRealTimers();
  });

  it("starts over when nobody answers a probe, and not when somebody does", async () => {
    vi.useFakeTimers();
    await wire.welcome();
    socket.probe();
    wire.say({ re: "c1", type: "ok", result: {} });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(wire.reconnects).toBe(0);
    socket.probe();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(wire.reconnects).toBe(1);
    vi.useRealTimers();
  });

  it("does not probe while there is no socket", async () => {
    socket.probe();
    await wire.welcome();
    expect(wire.sent.map((frame) => frame.type)).toEqual(["hello"]);
  });

  it("says that it is behind when a number is missing, and after a reconnect", async () => {
    const behind = vi.fn();
    socket.onBehind(behind);
    await wire.welcome();
    wire.say({ seq: 1, type: "closing", reason: "" });
    expect(behind).not.toHaveBeenCalled();
    wire.say({ seq: 3, type: "closing", reason: "" });
    expect(behind).toHaveBeenCalledTimes(1);
    wire.onclose?.();
    await wire.welcome();
    expect(behind).toHaveBeenCalledTimes(2);
  });
});
