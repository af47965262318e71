import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { beforeEach, describe, expect, it, vi } from "vitest";

const SOURCE = readFileSync(join(import.meta.dirname, "../../../public/push-worker.js"), "utf8");
const ORIGIN = "https://crm.example";
type Listener = (event: Record<string, unknown>) => void;

/** The service worker as a browser runs it, with what it asked of the browser. */
class Worker {
  readonly shown = vi.fn();
  readonly opened = vi.fn();
  readonly subscribed = vi.fn();
  readonly fetched = vi.fn();
  readonly tabs: { url: string; focus: () => void }[] = [];
  readonly #listeners = new Map<string, Listener>();

  constructor() {
    const self = {
      addEventListener: (name: string, listener: Listener) => this.#listeners.set(name, listener),
      location: { origin: ORIGIN },
      registration: { showNotification: this.shown, pushManager: { subscribe: this.subscribed } },
      clients: { matchAll: async () => this.tabs, openWindow: this.opened },
    };
    runInNewContext(SOURCE, { self, URL, fetch: this.fetched });
  }

  /** Dispatch an event and wait for what it wants waited for. */
  async on(name: string, event: Record<string, unknown>): Promise<void> {
    const waits: Promise<unknown>[] = [];
    this.#listeners.get(name)?.({ ...event, waitUntil: (wait: Promise<unknown>) => waits.push(wait) });
    await Promise.all(waits);
  }

  push(told: unknown): Promise<void> {
    return this.on("push", { data: { json: () => told } });
  }
}

let worker: Worker;
beforeEach(() => {
  worker = new Worker();
});

describe("what a push message shows", () => {
  it("is the same sentence whatever it is of, under the notice's id", async () => {
    await worker.push({ notice: "01N", path: "/w/01W/chats?peek=01C" });
    expect(worker.shown).toHaveBeenCalledExactlyOnceWith("Wireroom", {
      body: "There is something new for you.",
      tag: "01N",
      icon: "/favicon.svg",
      data: "/w/01W/chats?peek=01C",
    });
  });

  it.each(["https://evil.example/w/", "//evil.example", "javascript:alert(1)", 7, undefined])(
    "leads nowhere but into a workspace: not to %s",
    async (path) => {
      await worker.push({ notice: "01N", path });
      expect(worker.shown.mock.lastCall?.[1].data).toBe("/");
    },
  );

  it("is there even when the message can't be read, as browsers demand", async () => {
    await worker.on("push", { data: null });
    expect(worker.shown.mock.lastCall?.[1].data).toBe("/");
  });
});

describe("opening one", () => {
  const notification = { data: "/w/01W/tickets/7", close: vi.fn() };

  it("opens the place beside what is open already", async () => {
    const focus = vi.fn();
    worker.tabs.push({ url: `${ORIGIN}/w/01W/inbox`, focus });
    await worker.on("notificationclick", { notification });
    expect(notification.close).toHaveBeenCalled();
    expect(worker.opened).toHaveBeenCalledExactlyOnceWith(`${ORIGIN}/w/01W/tickets/7`);
    expect(focus).not.toHaveBeenCalled();
  });

  it("goes to the tab that shows the place", async () => {
    const focus = vi.fn();
    worker.tabs.push({ url: `${ORIGIN}/w/01W/tickets/7`, focus });
    await worker.on("notificationclick", { notification });
    expect(focus).toHaveBeenCalledOnce();
    expect(worker.opened).not.toHaveBeenCalled();
  });
});

describe("an address the push service took away", () => {
  const made = { toJSON: () => ({ endpoint: "https://push.example/2", keys: { p256dh: "B", auth: "A" } }) };
  const body = JSON.stringify({ endpoint: "https://push.example/2", keys: { p256dh: "B", auth: "A" } });

  it("is replaced by the one it gave instead", async () => {
    await worker.on("pushsubscriptionchange", { newSubscription: made });
    expect(worker.fetched).toHaveBeenCalledExactlyOnceWith("/api/me/push", expect.objectContaining({ body }));
    expect(worker.subscribed).not.toHaveBeenCalled();
  });

  it("is replaced by another under the same key where it gave none", async () => {
    worker.subscribed.mockResolvedValue(made);
    await worker.on("pushsubscriptionchange", {
      oldSubscription: { options: { applicationServerKey: "BA" } },
    });
    expect(worker.subscribed.mock.lastCall?.[0].applicationServerKey).toBe("BA");
    expect(worker.fetched).toHaveBeenCalledExactlyOnceWith("/api/me/push", expect.objectContaining({ body }));
  });
});
