/** The WebSocket of this origin's gateway, reconnecting with growing, jittered waits. */

import ReconnectingWebSocket from "partysocket/ws";
import type { Wire } from "./socket";

/** Opens it: the first retry comes after 0.2 to 0.9 s, later ones after at most 30 s. Nothing is queued while it is down. */
export function openWire(): Wire {
  const scheme = window.location.protocol === "https:" ? "wss:" : "ws:";
  const socket = new ReconnectingWebSocket(`${scheme}//${window.location.host}/live/socket`, [], {
    minReconnectionDelay: 200 + Math.random() * 700,
    maxReconnectionDelay: 20_000 + Math.random() * 10_000,
    reconnectionDelayGrowFactor: 1.7,
    maxEnqueuedMessages: 0,
  });
  const wire: Wire = {
    send: (text) => socket.send(text),
    close: () => socket.close(),
    reconnect: () => socket.reconnect(),
    onopen: null,
    onclose: null,
    onmessage: null,
  };
  socket.addEventListener("open", () => wire.onopen?.());
  socket.addEventListener("close", () => wire.onclose?.());
  socket.addEventListener("message", (event) => wire.onmessage?.(event));
  return wire;
}
