/** What the gateway says over the socket: every frame is checked here before anything else in the app sees it. */

import * as z from "zod/mini";

function orNull<Schema extends z.ZodMiniType>(schema: Schema) {
  return z._default(z.nullable(schema), null);
}

const connectionState = z.enum([
  "connecting",
  "connected",
  "reconnecting",
  "needs_login",
  "suspended",
  "disconnected",
  "closed",
]);

const entity = z.object({
  type: z.string(),
  offset: z.int(),
  length: z.int(),
  url: orNull(z.string()),
});

const media = z.object({
  kind: z.enum(["photo", "video", "voice", "document", "sticker", "other"]),
  name: orNull(z.string()),
  size: orNull(z.number()),
  mime: orNull(z.string()),
  width: orNull(z.number()),
  height: orNull(z.number()),
  duration_s: orNull(z.number()),
  thumb: orNull(z.string()),
  album_id: orNull(z.string()),
});

const personId = z.pipe(z.union([z.string(), z.number()]), z.transform(String));

/** `emoji` is empty for one that only Telegram can show; `mine` is null where it is not told. */
export const reaction = z.object({ emoji: z.string(), count: z.int(), mine: z.nullable(z.boolean()) });

export const message = z.object({
  id: z.int(),
  date: z.string(),
  direction: z.enum(["out", "in"]),
  sender: orNull(z.object({ id: personId, name: z.string() })),
  text: z.string(),
  entities: z._default(z.array(entity), []),
  reply_to_id: orNull(z.int()),
  edited_at: orNull(z.string()),
  media: orNull(media),
  client_id: orNull(z.string()),
  reactions: z._default(z.array(reaction), []),
  forwarded_from: orNull(z.object({ name: z.string() })),
  views: orNull(z.int()),
  is_pinned: z._default(z.boolean(), false),
  is_scheduled: z._default(z.boolean(), false),
});

export const draft = z.object({
  text: z.string(),
  entities: z._default(z.array(entity), []),
  reply_to_id: orNull(z.int()),
});

/** How an account stands with Telegram: what is paused until when, `chats` by slow mode. */
export const standing = z.object({
  account_id: z.string(),
  state: z.enum(["healthy", "slow_mode", "throttled", "limited", "session_ended", "closed"]),
  sending_until: z.nullable(z.string()),
  slow_until: z.nullable(z.string()),
  limited_at: z.nullable(z.string()),
  chats: z.record(z.string(), z.string()),
});

const problem = z.object({
  code: z.string(),
  title: z._default(z.string(), ""),
  detail: z._default(z.string(), ""),
  status: z.int(),
  retry_after_s: orNull(z.number()),
  /** What stands in the way, in the shape its `code` has. */
  standing: z.optional(z.unknown()),
});

const storedValue = z.object({
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  version: z.int(),
  set_at: z.string(),
  set_by: orNull(z.string()),
});

const chat = z.object({
  id: z.string(),
  account_id: z.string(),
  title: z.string(),
  kind: z.enum(["private", "group", "channel", "bot"]),
  values: z.record(z.string(), storedValue),
  private: z.nullable(
    z.object({
      username: z.nullable(z.string()),
      member_count: z.nullable(z.int()),
      unread_count: z.int(),
      last_message_id: z.int(),
      last_message_at: z.nullable(z.string()),
      last_direction: z.nullable(z.enum(["you", "teammate", "contact"])),
      pinned: z.boolean(),
      invite_link: orNull(z.string()),
    }),
  ),
});

const change = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.string(),
  actor: z.object({ kind: z.string(), id: z.nullable(z.string()), name: z.string() }),
  target: z.string(),
  old: z.unknown(),
  new: z.unknown(),
});

function event<Type extends string, Shape extends z.core.$ZodLooseShape>(type: Type, shape: Shape) {
  return z.object({ seq: z.int(), type: z.literal(type), ...shape });
}

const liveEvent = z.discriminatedUnion("type", [
  event("message.new", { account_id: z.string(), chat_id: z.string(), message }),
  event("message.edited", { chat_id: z.string(), message }),
  // Telegram names no chat when it deletes messages of private chats; then any of the account's may have had them.
  event("message.deleted", {
    account_id: z.string(),
    chat_id: z.nullable(z.string()),
    message_ids: z.array(z.int()),
  }),
  event("message.reacted", { chat_id: z.string(), message_id: z.int(), reactions: z.array(reaction) }),
  event("message.pinned", {
    chat_id: z.string(),
    message_ids: z.array(z.int()),
    is_pinned: z.boolean(),
  }),
  event("typing", {
    chat_id: z.string(),
    user: z.object({ id: z.string(), name: z.string() }),
    is_typing: z.boolean(),
  }),
  event("draft.changed", { chat_id: z.string(), draft: z.nullable(draft) }),
  event("scheduled.changed", { chat_id: z.string(), message }),
  event("scheduled.gone", { chat_id: z.string(), message_ids: z.array(z.int()) }),
  event("chat.marked", { chat_id: z.string(), is_unread: z.boolean() }),
  event("chat.read", {
    chat_id: z.string(),
    direction: z.enum(["in", "out"]),
    up_to_id: z.int(),
    unread_count: z.nullable(z.int()),
  }),
  event("chat.changed", { chat }),
  event("chat.missed", { account_id: z.string(), chat_id: orNull(z.string()) }),
  event("group.changed", { account_id: z.string(), chat_id: z.string() }),
  event("connection.changed", {
    account_id: z.string(),
    state: connectionState,
    reason: orNull(z.string()),
    since: z.string(),
  }),
  event("standing.changed", standing.shape),
  event("sessions.changed", { account_id: z.string(), unknown: z.int() }),
  event("send.changed", {
    chat_id: z.string(),
    client_id: z.string(),
    state: z.enum(["queued", "sending", "sent", "failed", "unknown"]),
    message: orNull(message),
    messages: orNull(z.array(message)),
    problem: orNull(problem),
  }),
  event("media.progress", {
    chat_id: z.string(),
    client_id: orNull(z.string()),
    message_id: orNull(z.int()),
    done: z.number(),
    total: z.number(),
    problem: orNull(problem),
  }),
  event("change", { change }),
  event("sync.progress", { account_id: z.string(), chats: z.int(), done: z.boolean() }),
  event("login.qr", { url: z.string(), expires_at: z.string() }),
  event("login.password_needed", { hint: orNull(z.string()) }),
  event("login.done", { account_id: z.string() }),
  event("login.failed", { problem }),
  event("closing", { reason: z._default(z.string(), "") }),
]);

const welcome = z.object({
  type: z.literal("welcome"),
  seq: z.int(),
  connections: z.array(z.object({ account_id: z.string(), state: connectionState })),
});

const answer = z.discriminatedUnion("type", [
  z.object({ re: z.string(), type: z.literal("ok"), result: z.optional(z.unknown()) }),
  z.object({ re: z.string(), type: z.literal("problem"), problem }),
]);

export type Message = z.infer<typeof message>;
export type Standing = z.infer<typeof standing>;
export type MessageEntity = z.infer<typeof entity>;
export type MessageReaction = z.infer<typeof reaction>;
export type Draft = z.infer<typeof draft>;
export type MessageMedia = z.infer<typeof media>;
export type LiveProblem = z.infer<typeof problem>;
export type LiveEvent = z.infer<typeof liveEvent>;
export type Welcome = z.infer<typeof welcome>;
export type Answer = z.infer<typeof answer>;

/** A frame, sorted. `skipped` is one this version does not know; when it was an event, its `seq` still counts. */
export type Frame =
  | { kind: "welcome"; welcome: Welcome }
  | { kind: "answer"; answer: Answer }
  | { kind: "event"; event: LiveEvent }
  | { kind: "skipped"; seq: number | null };

/** Reads one text frame. Anything unreadable becomes `skipped`: a frame never throws. */
export function readFrame(text: string): Frame {
  const body = parseJson(text);
  const asEvent = liveEvent.safeParse(body);
  if (asEvent.success) return { kind: "event", event: asEvent.data };
  const asAnswer = answer.safeParse(body);
  if (asAnswer.success) return { kind: "answer", answer: asAnswer.data };
  const asWelcome = welcome.safeParse(body);
  if (asWelcome.success) return { kind: "welcome", welcome: asWelcome.data };
  const numbered = z.object({ seq: z.int() }).safeParse(body);
  return { kind: "skipped", seq: numbered.success ? numbered.data.seq : null };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
