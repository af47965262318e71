/** What the browser asks the gateway: what goes in, and the checked shape of what comes out. */

import * as z from "zod/mini";
import { message } from "./frames";

const nothing = z.unknown();
const done = z.object({ state: z.literal("done"), account_id: z.string() });

/** One schema for the result of each request type. */
export const results = {
  renew: nothing,
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
  "chat.previews": z.object({ previews: z.record(z.string(), message) }),
  "chat.history": z.object({ messages: z.array(message), has_more: z.boolean() }),
  "message.send": z.discriminatedUnion("state", [
    z.object({ state: z.literal("sent"), message }),
    z.object({ state: z.literal("queued") }),
    z.object({ state: z.literal("sending") }),
  ]),
  "message.edit": z.object({ message }),
  "message.delete": nothing,
  "chat.read": z.object({ unread_count: z.int() }),
  "media.open": z.object({
    url: z.string(),
    expires_at: z.string(),
    name: z._default(z.nullable(z.string()), null),
    size: z._default(z.nullable(z.number()), null),
    mime: z._default(z.nullable(z.string()), null),
  }),
} as const;

type Results = typeof results;
type Nothing = Record<string, never>;

interface Bodies {
  renew: { pass: string };
  "login.qr": { owned: true };
  "login.phone": { phone: string; owned: true };
  "login.code": { code: string };
  "login.password": { password: string };
  "login.cancel": Nothing;
  "chat.previews": { account_id?: string };
  "chat.history": { chat_id: string; before_id: number | null; limit: number };
  "message.send": { chat_id: string; client_id: string; text: string; reply_to_id?: number };
  "message.edit": { chat_id: string; message_id: number; text: string };
  "message.delete": { chat_id: string; message_ids: number[] };
  "chat.read": { chat_id: string; up_to_id: number };
  "media.open": { chat_id: string; message_id: number };
}

export type LiveRequestType = keyof Results;

/** Every request the gateway answers, by type. */
export type LiveRequests = {
  [Type in LiveRequestType]: { in: Bodies[Type]; out: z.infer<Results[Type]> };
};
