/** What the browser asks the gateway: what goes in, and the checked shape of what comes out. */

import * as z from "zod/mini";
import { draft, message, reaction, standing } from "./frames";

const nothing = z.unknown();
const chatKind = z.enum(["private", "group", "channel", "bot"]);
const session = z.object({
  id: z.string(),
  device: z.string(),
  app: z.string(),
  place: z.string(),
  ip: z.string(),
  since: z.string(),
  active_at: z.string(),
  is_ours: z.boolean(),
  is_new: z.boolean(),
});
const groupRole = z.enum(["owner", "admin", "member", "left"]);
const done = z.object({ state: z.literal("done"), account_id: z.string() });

/** What becomes of an order to send. `messages` are all of its parts where it has several. */
const handedOver = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("sent"),
    message,
    messages: z._default(z.nullable(z.array(message)), null),
  }),
  z.object({ state: z.literal("queued") }),
  z.object({ state: z.literal("sending") }),
]);

/** One schema for the result of each request type. */
export const results = {
  renew: nothing,
  ping: nothing,
  "login.qr": nothing,
  "login.phone": z.object({
    where: z.enum(["app", "sms", "call"]),
    length: z.int(),
    resend_after_s: z._default(z.nullable(z.number()), null),
  }),
  "login.code": z.discriminatedUnion("state", [
    z.object({
      state: z.literal("password_needed"),
      hint: z._default(z.nullable(z.string()), null),
    }),
    done,
  ]),
  "login.password": done,
  "login.cancel": nothing,
  "chat.previews": z.object({
    previews: z.record(z.string(), message),
    drafts: z._default(z.record(z.string(), draft), {}),
    marked_unread: z._default(z.record(z.string(), z.literal(true)), {}),
  }),
  "chat.history": z.object({
    messages: z.array(message),
    has_more: z.boolean(),
    has_newer: z._default(z.boolean(), false),
  }),
  "chat.search": z.object({ messages: z.array(message), has_more: z.boolean() }),
  "search.messages": z.object({
    accounts: z.array(
      z.object({
        account_id: z.string(),
        hits: z.array(z.object({ chat_id: z.string(), title: z.string(), kind: chatKind, message })),
        next_cursor: z.nullable(z.string()),
        problem: z.nullable(z.object({ code: z.string(), title: z.string() })),
      }),
    ),
  }),
  "people.find": z.object({
    chat_id: z.string(),
    title: z.string(),
    username: z.nullable(z.string()),
    kind: chatKind,
    is_listed: z.boolean(),
    is_member: z.boolean(),
    is_verified: z.boolean(),
    is_suspect: z.boolean(),
  }),
  "chat.info": z.object({
    kind: chatKind,
    title: z.string(),
    username: z.nullable(z.string()),
    about: z.string(),
    person: z.nullable(
      z.object({
        common_groups: z.array(z.object({ chat_id: z.string(), title: z.string(), is_listed: z.boolean() })),
      }),
    ),
    group: z.nullable(
      z.object({
        member_count: z.nullable(z.int()),
        role: groupRole,
        is_basic: z.boolean(),
        may_see_members: z.boolean(),
        management: z.nullable(
          z.object({
            rights: z.array(z.string()),
            denied: z.array(z.string()),
            invite_link: z.nullable(z.string()),
            slow_mode_s: z.int(),
          }),
        ),
      }),
    ),
  }),
  "chat.members": z.object({
    members: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        username: z.nullable(z.string()),
        role: groupRole,
        rank: z.nullable(z.string()),
        rights: z.array(z.string()),
      }),
    ),
    count: z.int(),
    has_more: z.boolean(),
  }),
  "group.edit": nothing,
  "group.permit": nothing,
  "group.add": nothing,
  "group.remove": nothing,
  "group.promote": nothing,
  "group.link": z.object({ invite_link: z.string() }),
  "group.slow_mode": nothing,
  "group.leave": nothing,
  "group.join": nothing,
  "group.create": z.object({ chat_id: z.string(), missing: z.int() }),
  "message.send": handedOver,
  "message.edit": z.object({ message }),
  "message.get": z.object({ messages: z.array(message) }),
  "message.react": z.object({ reactions: z.array(reaction) }),
  "message.forward": handedOver,
  "message.pin": nothing,
  "chat.pinned": z.object({ messages: z.array(message) }),
  "chat.marks": z.object({
    unread_count: z.int(),
    read_out_up_to: z.int(),
    is_marked_unread: z.boolean(),
    draft: z.nullable(draft),
  }),
  "chat.mark_unread": nothing,
  "chat.typing": nothing,
  "chat.draft": nothing,
  "scheduled.list": z.object({ messages: z.array(message) }),
  "scheduled.change": z.object({ message }),
  "scheduled.send": nothing,
  "scheduled.delete": nothing,
  "message.delete": nothing,
  "chat.watch": nothing,
  "chat.read": z.object({ unread_count: z.int() }),
  "account.standing": standing,
  "sessions.list": z.object({ sessions: z.array(session) }),
  "sessions.keep": nothing,
  "sessions.end": nothing,
  "media.open": z.discriminatedUnion("state", [
    z.object({ state: z.literal("ready"), url: z.string(), expires_at: z.string() }),
    z.object({ state: z.literal("fetching"), done: z.number(), total: z.number() }),
  ]),
  "media.leave": nothing,
  "media.upload": z.object({
    upload_id: z.string(),
    url: z.string(),
    fields: z.record(z.string(), z.string()),
  }),
  "media.discard": nothing,
  "media.send": handedOver,
  "media.cancel": z.object({ is_withdrawn: z.boolean() }),
  "media.thumb": z.object({ data: z.nullable(z.string()) }),
  "chat.face": z.object({ data: z.nullable(z.string()) }),
} as const;

/** Somebody signed in to an account at Telegram; `since` and `active_at` are moments. */
export type TelegramSession = z.infer<typeof session>;

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
  [Type in LiveRequestType]: { in: Bodies[Type]; out: z.infer<Results[Type]> };
};
