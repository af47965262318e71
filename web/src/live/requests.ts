/** What the browser asks the gateway: what goes in, and the checked shape of what comes out. */

import * as v from "valibot";
import { draft, integer, message, reaction, standing } from "./frames";

const nothing = v.unknown();
const chatKind = v.picklist(["private", "group", "channel", "bot"]);
const session = v.object({
  id: v.string(),
  device: v.string(),
  app: v.string(),
  place: v.string(),
  ip: v.string(),
  since: v.string(),
  active_at: v.string(),
  is_ours: v.boolean(),
  is_new: v.boolean(),
});
const groupRole = v.picklist(["owner", "admin", "member", "left"]);
const done = v.object({ state: v.literal("done"), account_id: v.string() });

/** What becomes of an order to send. `messages` are all of its parts where it has several; null: deleted since. */
const handedOver = v.variant("state", [
  v.object({
    state: v.literal("sent"),
    message: v.nullable(message),
    messages: v.nullish(v.array(message), null),
  }),
  v.object({ state: v.literal("queued") }),
  v.object({ state: v.literal("sending") }),
]);

/** One schema for the result of each request type. */
export const results = {
  renew: nothing,
  ping: nothing,
  "login.qr": nothing,
  "login.phone": v.object({
    where: v.picklist(["app", "sms", "call"]),
    length: integer,
    resend_after_s: v.nullish(v.number(), null),
  }),
  "login.code": v.variant("state", [
    v.object({
      state: v.literal("password_needed"),
      hint: v.nullish(v.string(), null),
    }),
    done,
  ]),
  "login.password": done,
  "login.cancel": nothing,
  "chat.previews": v.object({
    previews: v.record(v.string(), message),
    drafts: v.optional(v.record(v.string(), draft), {}),
    marked_unread: v.optional(v.record(v.string(), v.literal(true)), {}),
  }),
  "chat.history": v.object({
    messages: v.array(message),
    has_more: v.boolean(),
    has_newer: v.optional(v.boolean(), false),
  }),
  "chat.search": v.object({ messages: v.array(message), has_more: v.boolean() }),
  "search.messages": v.object({
    accounts: v.array(
      v.object({
        account_id: v.string(),
        hits: v.array(v.object({ chat_id: v.string(), title: v.string(), kind: chatKind, message })),
        next_cursor: v.nullable(v.string()),
        problem: v.nullable(v.object({ code: v.string(), title: v.string() })),
      }),
    ),
  }),
  "people.find": v.object({
    chat_id: v.string(),
    title: v.string(),
    username: v.nullable(v.string()),
    kind: chatKind,
    is_listed: v.boolean(),
    is_member: v.boolean(),
    is_verified: v.boolean(),
    is_suspect: v.boolean(),
  }),
  "chat.info": v.object({
    kind: chatKind,
    title: v.string(),
    username: v.nullable(v.string()),
    about: v.string(),
    person: v.nullable(
      v.object({
        common_groups: v.array(v.object({ chat_id: v.string(), title: v.string(), is_listed: v.boolean() })),
      }),
    ),
    group: v.nullable(
      v.object({
        member_count: v.nullable(integer),
        role: groupRole,
        is_basic: v.boolean(),
        may_see_members: v.boolean(),
        management: v.nullable(
          v.object({
            rights: v.array(v.string()),
            denied: v.array(v.string()),
            invite_link: v.nullable(v.string()),
            slow_mode_s: integer,
          }),
        ),
      }),
    ),
  }),
  "chat.members": v.object({
    members: v.array(
      v.object({
        id: v.string(),
        name: v.string(),
        username: v.nullable(v.string()),
        role: groupRole,
        rank: v.nullable(v.string()),
        rights: v.array(v.string()),
      }),
    ),
    count: integer,
    has_more: v.boolean(),
  }),
  "group.edit": nothing,
  "group.permit": nothing,
  "group.add": nothing,
  "group.remove": nothing,
  "group.promote": nothing,
  "group.link": v.object({ invite_link: v.string() }),
  "group.slow_mode": nothing,
  "group.leave": nothing,
  "group.join": nothing,
  "group.create": v.object({ chat_id: v.string(), missing: integer }),
  "message.send": handedOver,
  "message.edit": v.object({ message }),
  "message.get": v.object({ messages: v.array(message) }),
  "message.react": v.object({ reactions: v.array(reaction) }),
  "message.forward": handedOver,
  "message.pin": nothing,
  "chat.pinned": v.object({ messages: v.array(message) }),
  "chat.marks": v.object({
    unread_count: integer,
    read_out_up_to: integer,
    is_marked_unread: v.boolean(),
    draft: v.nullable(draft),
  }),
  "chat.mark_unread": nothing,
  "chat.typing": nothing,
  "chat.draft": nothing,
  "scheduled.list": v.object({ messages: v.array(message) }),
  "scheduled.change": v.object({ message }),
  "scheduled.send": nothing,
  "scheduled.delete": nothing,
  "message.delete": nothing,
  "chat.watch": nothing,
  "chat.read": v.object({ unread_count: integer }),
  "account.standing": standing,
  "sessions.list": v.object({ sessions: v.array(session) }),
  "sessions.keep": nothing,
  "sessions.end": nothing,
  "media.open": v.variant("state", [
    v.object({ state: v.literal("ready"), url: v.string(), expires_at: v.string() }),
    v.object({ state: v.literal("fetching"), done: v.number(), total: v.number() }),
  ]),
  "media.leave": nothing,
  "media.upload": v.object({
    upload_id: v.string(),
    url: v.string(),
    fields: v.record(v.string(), v.string()),
  }),
  "media.discard": nothing,
  "media.send": handedOver,
  "media.cancel": v.object({ is_withdrawn: v.boolean() }),
  "media.thumb": v.object({ data: v.nullable(v.string()) }),
  "chat.face": v.object({ data: v.nullable(v.string()) }),
} as const;

/** Somebody signed in to an account at Telegram; `since` and `active_at` are moments. */
export type TelegramSession = v.InferOutput<typeof session>;

type Results = typeof results;
type Nothing = Record<string, never>;

/** Formatting as it is sent: only a link has an address. */
export interface Mark {
  type: string;
  offset: number;
  length: number;
  url?: string;
}

/** As what a file is shown in the chat. */
export type SentKind = "photo" | "video" | "voice" | "document";

/** A file that was put up, as it is sent. Sides in pixels, 0 where unknown. */
export interface SentFile {
  upload_id: string;
  kind: SentKind;
  name: string;
  caption: string;
  width: number;
  height: number;
  duration_s: number;
}

interface Bodies {
  renew: { pass: string };
  ping: Nothing;
  "login.qr": { owned: true };
  "login.phone": { phone: string; owned: true };
  "login.code": { code: string };
  "login.password": { password: string };
  "login.cancel": Nothing;
  "chat.previews": { account_id?: string };
  "chat.history": {
    chat_id: string;
    before_id: number | null;
    limit: number;
    after_id?: number;
    around_id?: number;
  };
  "chat.search": {
    chat_id: string;
    words: string;
    limit: number;
    kind?: "text" | "photos" | "files" | "links";
    before_id?: number | null;
  };
  "search.messages": { words: string; limit: number; account_id?: string; cursor?: string | null };
  "people.find": { account_id: string; name: string };
  "chat.info": { chat_id: string };
  "chat.members": { chat_id: string; words?: string; offset?: number; limit?: number };
  "group.edit": { chat_id: string; title?: string; about?: string };
  "group.permit": { chat_id: string; right: string; is_permitted: boolean };
  "group.add": { chat_id: string; name: string };
  "group.remove": { chat_id: string; member_id: string; is_banned: boolean };
  "group.promote": { chat_id: string; member_id: string; rights: string[]; rank?: string };
  "group.link": { chat_id: string };
  "group.slow_mode": { chat_id: string; seconds: number };
  "group.leave": { chat_id: string };
  "group.join": { chat_id: string };
  "group.create": {
    account_id: string;
    client_id: string;
    kind: "group" | "supergroup" | "channel";
    title: string;
    about?: string;
    names?: string[];
  };
  "message.send": {
    chat_id: string;
    client_id: string;
    text: string;
    entities?: readonly Mark[];
    reply_to_id?: number;
    is_silent?: boolean;
    has_preview?: boolean;
    schedule_at?: string;
  };
  "message.edit": { chat_id: string; message_id: number; text: string; entities?: readonly Mark[] };
  "message.get": { chat_id: string; message_ids: number[] };
  "message.react": { chat_id: string; message_id: number; emoji: string | null };
  "message.forward": { chat_id: string; from_chat_id: string; client_id: string; message_ids: number[] };
  "message.pin": { chat_id: string; message_id: number; is_pinned: boolean };
  "chat.pinned": { chat_id: string };
  "chat.marks": { chat_id: string };
  "chat.mark_unread": { chat_id: string; is_unread: boolean };
  "chat.typing": { chat_id: string };
  "chat.draft": { chat_id: string; text: string; entities?: readonly Mark[]; reply_to_id?: number };
  "scheduled.list": { chat_id: string };
  "scheduled.change": {
    chat_id: string;
    message_id: number;
    schedule_at: string;
    text?: string;
    entities?: readonly Mark[];
  };
  "scheduled.send": { chat_id: string; message_ids: number[] };
  "scheduled.delete": { chat_id: string; message_ids: number[] };
  "message.delete": { chat_id: string; message_ids: number[] };
  "chat.watch": { chat_id: string | null };
  "chat.read": { chat_id: string; up_to_id: number };
  "account.standing": { account_id: string };
  "sessions.list": { account_id: string };
  "sessions.keep": { account_id: string; session: string };
  "sessions.end": { account_id: string; session: string };
  "media.open": { chat_id: string; message_id: number };
  "media.leave": { chat_id: string; message_id: number };
  "media.upload": { kind: SentKind; mime: string; size: number };
  "media.discard": { upload_ids: string[] };
  "media.send": { chat_id: string; client_id: string; files: SentFile[]; reply_to_id?: number };
  "media.cancel": { chat_id: string; client_id: string; upload_ids: string[] };
  "media.thumb": { chat_id: string; message_id: number };
  "chat.face": { chat_id: string };
}

export type LiveRequestType = keyof Results;

/** Every request the gateway answers, by type. */
export type LiveRequests = {
  [Type in LiveRequestType]: { in: Bodies[Type]; out: v.InferOutput<Results[Type]> };
};
