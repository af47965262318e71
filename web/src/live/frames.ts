/** What the gateway says over the socket: every frame is checked here before anything else in the app sees it. */

import * as v from "valibot";

export const integer = v.pipe(v.number(), v.safeInteger());

function orNull<Schema extends v.GenericSchema>(schema: Schema) {
  return v.nullish(schema, null);
}

const connectionState = v.picklist([
  "connecting",
  "connected",
  "reconnecting",
  "needs_login",
  "suspended",
  "disconnected",
  "closed",
]);

const entity = v.object({
  type: v.string(),
  offset: integer,
  length: integer,
  url: orNull(v.string()),
});

const media = v.object({
  kind: v.picklist(["photo", "video", "voice", "document", "sticker", "other"]),
  name: orNull(v.string()),
  size: orNull(v.number()),
  mime: orNull(v.string()),
  width: orNull(v.number()),
  height: orNull(v.number()),
  duration_s: orNull(v.number()),
  thumb: orNull(v.string()),
  album_id: orNull(v.string()),
});

const personId = v.pipe(v.union([v.string(), v.number()]), v.transform(String));

/** `emoji` is empty for one that only Telegram can show; `mine` is null where it is not told. */
export const reaction = v.object({ emoji: v.string(), count: integer, mine: v.nullable(v.boolean()) });

export const message = v.object({
  id: integer,
  date: v.string(),
  direction: v.picklist(["out", "in"]),
  sender: orNull(v.object({ id: personId, name: v.string() })),
  text: v.string(),
  entities: v.optional(v.array(entity), []),
  reply_to_id: orNull(integer),
  edited_at: orNull(v.string()),
  media: orNull(media),
  client_id: orNull(v.string()),
  reactions: v.optional(v.array(reaction), []),
  forwarded_from: orNull(v.object({ name: v.string() })),
  views: orNull(integer),
  is_pinned: v.optional(v.boolean(), false),
  is_scheduled: v.optional(v.boolean(), false),
});

export const draft = v.object({
  text: v.string(),
  entities: v.optional(v.array(entity), []),
  reply_to_id: orNull(integer),
});

/** How an account stands with Telegram: what is paused until when, `chats` by slow mode. */
export const standing = v.object({
  account_id: v.string(),
  state: v.picklist(["healthy", "slow_mode", "throttled", "limited", "session_ended", "closed"]),
  sending_until: v.nullable(v.string()),
  slow_until: v.nullable(v.string()),
  limited_at: v.nullable(v.string()),
  chats: v.record(v.string(), v.string()),
});

const problem = v.object({
  code: v.string(),
  title: v.optional(v.string(), ""),
  detail: v.optional(v.string(), ""),
  status: integer,
  retry_after_s: orNull(v.number()),
  /** What stands in the way, in the shape its `code` has. */
  standing: v.optional(v.unknown()),
});

const storedValue = v.object({
  value: v.union([v.string(), v.number(), v.boolean(), v.array(v.string()), v.null()]),
  version: integer,
  set_at: v.string(),
  set_by: orNull(v.string()),
  is_cut: v.optional(v.boolean(), false),
});

const card = v.object({
  assignee: v.nullable(v.string()),
  priority: v.nullable(v.picklist(["low", "medium", "high"])),
  email: v.nullable(v.string()),
  phone: v.nullable(v.string()),
  first_name: v.nullable(v.string()),
  last_name: v.nullable(v.string()),
  version: v.number(),
  changed: v.record(v.string(), v.number()),
});

const chat = v.object({
  id: v.string(),
  account_id: v.string(),
  title: v.string(),
  telegram_title: v.string(),
  kind: v.picklist(["private", "group", "channel", "bot"]),
  card,
  values: v.record(v.string(), storedValue),
  comments: integer,
  tickets: integer,
  private: v.nullable(
    v.object({
      username: v.nullable(v.string()),
      member_count: v.nullable(integer),
      unread_count: integer,
      last_message_id: integer,
      last_message_at: v.nullable(v.string()),
      last_direction: v.nullable(v.picklist(["you", "teammate", "contact"])),
      pinned: v.boolean(),
      invite_link: orNull(v.string()),
      waiting_since: v.nullable(v.string()),
      silent_since: v.nullable(v.string()),
      answered: v.boolean(),
    }),
  ),
  excluded: v.boolean(),
});

const change = v.object({
  id: v.string(),
  at: v.string(),
  kind: v.string(),
  actor: v.object({ kind: v.string(), id: v.nullable(v.string()), name: v.string() }),
  target: v.string(),
  old: v.unknown(),
  new: v.unknown(),
});

function event<Type extends string, Entries extends v.ObjectEntries>(type: Type, entries: Entries) {
  return v.object({ seq: integer, type: v.literal(type), ...entries });
}

const liveEvent = v.variant("type", [
  event("message.new", { account_id: v.string(), chat_id: v.string(), message }),
  event("message.edited", { chat_id: v.string(), message }),
  // Telegram names no chat when it deletes messages of private chats; then any of the account's may have had them.
  event("message.deleted", {
    account_id: v.string(),
    chat_id: v.nullable(v.string()),
    message_ids: v.array(integer),
  }),
  event("message.reacted", { chat_id: v.string(), message_id: integer, reactions: v.array(reaction) }),
  event("message.pinned", {
    chat_id: v.string(),
    message_ids: v.array(integer),
    is_pinned: v.boolean(),
  }),
  event("typing", {
    chat_id: v.string(),
    user: v.object({ id: v.string(), name: v.string() }),
    is_typing: v.boolean(),
  }),
  event("draft.changed", { chat_id: v.string(), draft: v.nullable(draft) }),
  event("scheduled.changed", { chat_id: v.string(), message }),
  event("scheduled.gone", { chat_id: v.string(), message_ids: v.array(integer) }),
  event("chat.marked", { chat_id: v.string(), is_unread: v.boolean() }),
  event("chat.read", {
    chat_id: v.string(),
    direction: v.picklist(["in", "out"]),
    up_to_id: integer,
    unread_count: v.nullable(integer),
  }),
  event("chat.changed", { chat }),
  event("chat.missed", { account_id: v.string(), chat_id: orNull(v.string()) }),
  event("group.changed", { account_id: v.string(), chat_id: v.string() }),
  event("connection.changed", {
    account_id: v.string(),
    state: connectionState,
    reason: orNull(v.string()),
    since: v.string(),
  }),
  event("standing.changed", standing.entries),
  event("sessions.changed", { account_id: v.string(), unknown: integer }),
  event("send.changed", {
    chat_id: v.string(),
    client_id: v.string(),
    state: v.picklist(["queued", "sending", "sent", "failed", "unknown"]),
    message: orNull(message),
    messages: orNull(v.array(message)),
    problem: orNull(problem),
  }),
  event("media.progress", {
    chat_id: v.string(),
    client_id: orNull(v.string()),
    message_id: orNull(integer),
    done: v.number(),
    total: v.number(),
    problem: orNull(problem),
  }),
  event("change", { change }),
  event("notified", {}),
  event("sync.progress", { account_id: v.string(), chats: integer, done: v.boolean() }),
  event("login.qr", { url: v.string(), expires_at: v.string() }),
  event("login.password_needed", { hint: orNull(v.string()) }),
  event("login.done", { account_id: v.string() }),
  event("login.failed", { problem }),
  event("closing", { reason: v.optional(v.string(), "") }),
]);

const welcome = v.object({
  type: v.literal("welcome"),
  seq: integer,
  connections: v.array(v.object({ account_id: v.string(), state: connectionState })),
});

const answer = v.variant("type", [
  v.object({ re: v.string(), type: v.literal("ok"), result: v.optional(v.unknown()) }),
  v.object({ re: v.string(), type: v.literal("problem"), problem }),
]);

export type Message = v.InferOutput<typeof message>;
export type Standing = v.InferOutput<typeof standing>;
export type MessageEntity = v.InferOutput<typeof entity>;
export type MessageReaction = v.InferOutput<typeof reaction>;
export type Draft = v.InferOutput<typeof draft>;
export type MessageMedia = v.InferOutput<typeof media>;
export type LiveProblem = v.InferOutput<typeof problem>;
export type LiveEvent = v.InferOutput<typeof liveEvent>;
export type Welcome = v.InferOutput<typeof welcome>;
export type Answer = v.InferOutput<typeof answer>;

/** A frame, sorted. `skipped` is one this version does not know; when it was an event, its `seq` still counts. */
export type Frame =
  | { kind: "welcome"; welcome: Welcome }
  | { kind: "answer"; answer: Answer }
  | { kind: "event"; event: LiveEvent }
  | { kind: "skipped"; seq: number | null };

const numbered = v.object({ seq: integer });

/** Reads one text frame. Anything unreadable becomes `skipped`: a frame never throws. */
export function readFrame(text: string): Frame {
  const body = parseJson(text);
  const asEvent = v.safeParse(liveEvent, body);
  if (asEvent.success) return { kind: "event", event: asEvent.output };
  const asAnswer = v.safeParse(answer, body);
  if (asAnswer.success) return { kind: "answer", answer: asAnswer.output };
  const asWelcome = v.safeParse(welcome, body);
  if (asWelcome.success) return { kind: "welcome", welcome: asWelcome.output };
  return { kind: "skipped", seq: v.is(numbered, body) ? body.seq : null };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
