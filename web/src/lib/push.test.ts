import { beforeEach, describe, expect, it, vi } from "vitest";

import { pushHere, subscribeHere, unsubscribeHere } from "./push";

const FACTS = { endpoint: "https://push.example/1", keys: { p256dh: "B", auth: "A" } };

/** A browser that can be pushed to, as far as these functions ask it. */
class Browser {
  readonly register = vi.fn();
  readonly unsubscribed = vi.fn();
  readonly subscription = { toJSON: () => FACTS, unsubscribe: async () => this.#unsubscribe() };
  readonly subscribe = vi.fn(async () => this.subscription);
  isSubscribed = false;

  constructor(answer: NotificationPermission) {
    const pushManager = {
      subscribe: this.subscribe,
      getSubscription: async () => (this.isSubscribed ? this.subscription : null),
    };
    const serviceWorker = {
      register: this.register,
      ready: Promise.resolve({ pushManager }),
      getRegistration: async () => ({ pushManager }),
    };
    vi.stubGlobal("navigator", { serviceWorker });
    vi.stubGlobal("window", { PushManager: class {}, Notification: class {} });
    vi.stubGlobal("Notification", { permission: answer, requestPermission: async () => answer });
  }

  async #unsubscribe(): Promise<boolean> {
    this.isSubscribed = false;
    this.unsubscribed();
    return true;
  }
}

beforeEach(() => vi.unstubAllGlobals());

describe("a browser that can be pushed to", () => {
  it("subscribes once the person says yes", async () => {
    const browser = new Browser("granted");
    expect(await subscribeHere("BA")).toEqual(FACTS);
    expect(browser.subscribe).toHaveBeenCalledExactlyOnceWith({
      userVisibleOnly: true,
      applicationServerKey: "BA",
    });
  });

  it("ends a subscription that stood before, which may be for another key", async () => {
    const browser = new Browser("granted");
    browser.isSubscribed = true;
    await subscribeHere("BA");
    expect(browser.unsubscribed).toHaveBeenCalledOnce();
  });

  it("does nothing when the person says no", async () => {
    const browser = new Browser("denied");
    expect(await subscribeHere("BA")).toBeNull();
    expect(browser.register).not.toHaveBeenCalled();
    expect((await pushHere()).isBlocked).toBe(true);
  });

  it("is subscribed until the person leaves", async () => {
    const browser = new Browser("granted");
    browser.isSubscribed = true;
    expect((await pushHere()).isSubscribed).toBe(true);
    await unsubscribeHere();
    expect((await pushHere()).isSubscribed).toBe(false);
  });
});

describe("a browser that can't", () => {
  it("says so, and has nothing to end", async () => {
    vi.stubGlobal("navigator", {});
    vi.stubGlobal("window", {});
    expect(await pushHere()).toEqual({ isSupported: false, isBlocked: false, isSubscribed: false });
    await expect(unsubscribeHere()).resolves.toBeUndefined();
  });
});
