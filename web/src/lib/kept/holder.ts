/**
 * A worker that holds keys in its memory while the page is loaded anew: nothing of it is ever written down.
 *
 * It lives as long as a page of ours is open, and a little longer where the browser can do that (`extendedLifetime`).
 * Source: https://github.com/whatwg/html/pull/11119.
 */

import type { HeldKey } from "./held";

type Asked = { hold: HeldKey } | { drop: true } | { give: string };

const held = new Map<string, HeldKey>();

const worker = globalThis as unknown as { onconnect: (event: MessageEvent) => void };

worker.onconnect = ({ ports: [port] }) => {
  if (!port) return;
  port.onmessage = ({ data }: MessageEvent<Asked>) => {
    if ("hold" in data) held.set(data.hold.workspaceId, data.hold);
    else if ("drop" in data) held.clear();
    else port.postMessage(held.get(data.give) ?? null);
  };
};
