/** The shapes of the live socket: what a component may ask and hear. */

import type { LiveEvent, Welcome } from "./frames";
import type { LiveRequests, LiveRequestType } from "./requests";

export type {
  Draft,
  LiveProblem,
  Message,
  MessageEntity,
  MessageMedia,
  MessageReaction,
  Standing,
} from "./frames";
export type { LiveRequests, LiveRequestType } from "./requests";

export type LiveStatus = "connecting" | "open" | "offline";
export type LiveEventType = LiveEvent["type"];

/** Every event the gateway pushes, by its type. */
export type LiveEvents = {
  [Type in LiveEventType]: Extract<LiveEvent, { type: Type }>;
};

/** Where a message that we asked to be sent stands, as the gateway tells it. */
export type SendState = LiveEvents["send.changed"]["state"];

/**
 * What `useLive()` gives. One socket a tab, opened by `<LiveProvider>` around the workspace's pages.
 *
 * `request` waits for the socket and the answer, at most 20 s. It rejects with an `ApiError`: the gateway's own
 * problem, or status 0 (`offline`, `timed-out`, `unreadable`) when it is not known whether the gateway acted.
 * `on` returns its own removal. `onBehind` calls back when what is shown may be old: after a reconnect, and
 * when an event was missed.
 */
export interface Live {
  readonly status: LiveStatus;
  request<T extends LiveRequestType>(
    type: T,
    payload: LiveRequests[T]["in"],
  ): Promise<LiveRequests[T]["out"]>;
  on<T extends LiveEventType>(type: T, handler: (event: LiveEvents[T]) => void): () => void;
  onBehind(handler: () => void): () => void;
  /** Calls back after each welcome: the first one and the one after every reconnect. */
  onWelcome(handler: (welcome: Welcome) => void): () => void;
  /**
   * Calls back two seconds after each welcome: by then every further change of the workspace is told. What was read
   * before may be older than that and is to be read again.
   */
  onSettled(handler: () => void): () => void;
  /** For `useSyncExternalStore`; components take `useLiveStatus`. */
  readonly onStatus: (handler: () => void) => () => void;
}
