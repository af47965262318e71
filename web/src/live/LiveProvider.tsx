/** One socket for one workspace's pages, given to every component below. */

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { http } from "@/lib/api/client";
import { ApiError } from "@/lib/api/errors";
import { LiveSocket } from "./socket";
import type { Live, LiveEvents, LiveEventType, LiveStatus } from "./types";
import { openWire } from "./wire";

const LiveContext = createContext<Live | null>(null);

interface Props {
  workspaceId: string;
  /** The gateway lets the person in no longer, or no longer as they were: they, or the workspace, have changed. */
  onShut: () => void;
  children: ReactNode;
}

/** Opens the workspace's socket while mounted. A change of workspace closes it and opens another. */
export function LiveProvider(props: Props) {
  return <Socket key={props.workspaceId} {...props} />;
}

function Socket({ workspaceId, onShut, children }: Props) {
  const [socket] = useState(() => new LiveSocket(openWire, () => fetchPass(workspaceId, onShut)));
  useEffect(
    () => socket.on("closing", ({ reason }) => !PASSING_REASONS.has(reason) && onShut()),
    [socket, onShut],
  );
  useEffect(() => {
    const startOver = () => socket.startOver();
    const probe = () => document.visibilityState === "visible" && socket.probe();
    socket.open();
    window.addEventListener("offline", startOver);
    window.addEventListener("online", startOver);
    document.addEventListener("visibilitychange", probe);
    window.addEventListener("pageshow", probe);
    return () => {
      window.removeEventListener("offline", startOver);
      window.removeEventListener("online", startOver);
      document.removeEventListener("visibilitychange", probe);
      window.removeEventListener("pageshow", probe);
      socket.close();
    };
  }, [socket]);
  return <LiveContext value={socket}>{children}</LiveContext>;
}

/** Reasons for closing that say nothing about the person: the socket comes back by itself. */
const PASSING_REASONS = new Set([
  "left",
  "moved",
  "no-hello",
  "not-renewed",
  "restarting",
  "resync",
  "shard-elsewhere",
  "too-many-sockets",
  "unavailable",
  "unproven",
]);

async function fetchPass(workspaceId: string, onShut: () => void): Promise<string> {
  try {
    const { data } = await http.POST("/workspaces/{workspace_id}/gateway-passes", {
      params: { path: { workspace_id: workspaceId } },
    });
    if (!data) throw new TypeError("The answer holds no gateway pass.");
    return data.pass;
  } catch (error) {
    if (error instanceof ApiError && [403, 404].includes(error.status)) onShut();
    throw error;
  }
}

/** The socket of the nearest LiveProvider. It stays the same object while the workspace does. */
export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new TypeError("useLive is used outside of a LiveProvider.");
  return live;
}

/** The socket's status, re-rendering when it changes. */
export function useLiveStatus(): LiveStatus {
  const live = useLive();
  return useSyncExternalStore(live.onStatus, () => live.status);
}

/** Calls the handler for each event of one type while the component is mounted. */
export function useLiveEvent<T extends LiveEventType>(
  type: T,
  handler: (event: LiveEvents[T]) => void,
): void {
  const live = useLive();
  useEffect(() => live.on(type, handler), [live, type, handler]);
}
