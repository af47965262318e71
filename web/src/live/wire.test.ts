import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ReconnectingWire } from "./wire";

/** A socket of the browser, whose other side the test plays. */
class PlayedSocket {
  static readonly opened: PlayedSocket[] = [];
  readyState: number = WebSocket.CONNECTING;
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  readonly sent: string[] = [];

  constructor() {
    PlayedSocket.opened.push(this);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.readyState = WebSocket.CLOSED;
  }

  accept(): void {
    this.readyState = WebSocket.OPEN;
    this.onopen?.();
  }

  break(): void {
    this.readyState = WebSocket.CLOSED;
    this.onclose?.();
  }
}

const { opened } = PlayedSocket;
const newest = () => opened.at(-1) as PlayedSocket;

function aWire() {
  const wire = new ReconnectingWire(() => new PlayedSocket() as unknown as WebSocket);
  const heard: string[] = [];
  wire.onopen = () => heard.push("open");
  wire.onclose = () => heard.push("close");
  wire.onmessage = ({ data }) => heard.push(String(data));
  return { wire, heard };
}

/** How long after a failure the next socket was opened, in milliseconds, to the next tenth of a second. */
async function waited(): Promise<number> {
  const before = opened.length;
  let ms = 0;
  for (; opened.length === before; ms += 100) await vi.advanceTimersByTimeAsync(100);
  return ms;
}

beforeEach(() => {
  vi.useFakeTimers();
  opened.length = 0;
});
afterEach(() => vi.useRealTimers());

describe("the wire to the gateway", () => {
  it("tells of what comes, and sends only while it is open", () => {
    const { wire, heard } = aWire();
    wire.send("too early");
    newest().accept();
    wire.send("hello");
    newest().onmessage?.({ data: "welcome" });
    expect(newest().sent).toEqual(["hello"]);
    expect(heard).toEqual(["open", "welcome"]);
  });

  it("waits longer after each failure, and never longer than half a minute", async () => {
    aWire();
    const waits: number[] = [];
    for (let failures = 0; failures < 12; failures++) {
      newest().break();
      waits.push(await waited());
    }
    expect(waits[0]).toBeLessThanOrEqual(900);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits.at(-1)).toBeGreaterThanOrEqual(20_000);
    expect(waits.at(-1)).toBeLessThanOrEqual(30_000);
  });

  it("begins with short waits again after one that stood for five seconds", async () => {
    aWire();
    for (let failures = 0; failures < 5; failures++) {
      newest().break();
      await waited();
    }
    newest().accept();
    await vi.advanceTimersByTimeAsync(5_000);
    newest().break();
    expect(await waited()).toBeLessThanOrEqual(900);
  });

  it("gives up one that does not open within four seconds", async () => {
    const { heard } = aWire();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(heard).toEqual(["close"]);
    expect(opened[0]?.readyState).toBe(WebSocket.CLOSED);
    await waited();
    expect(opened).toHaveLength(2);
  });

  it("reconnects at once when it is told to, and hears nothing more of the old one", () => {
    const { wire, heard } = aWire();
    const [old] = opened;
    newest().accept();
    wire.reconnect();
    old?.onclose?.();
    newest().accept();
    expect(heard).toEqual(["open", "close", "open"]);
    expect(opened).toHaveLength(2);
  });

  it("stays closed once it is closed", async () => {
    const { wire } = aWire();
    newest().break();
    wire.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(opened).toHaveLength(1);
  });
});
