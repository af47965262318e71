/** What notices say, and what their kinds and ways are called: who and where, never what. */

import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import type { Notice, NoticeKind, NoticeWay } from "@/lib/api/types";

/** In the order the settings show them. */
export const kindNames: Readonly<Record<NoticeKind, MessageDescriptor>> = {
  "comment.mention": msg`Somebody mentions me in a comment`,
  "comment.answer": msg`Somebody answers my comment`,
  "chat.assigned": msg`A chat is assigned to me`,
  "chat.waiting": msg`A chat of mine waits for an answer`,
  "chat.silent": msg`A chat of mine has heard nothing from us for long`,
  "ticket.assigned": msg`A ticket is assigned to me`,
  "ticket.sla_warning": msg`A ticket is close to its deadline`,
  "ticket.sla_breached": msg`A ticket is past its deadline`,
  "reminder.due": msg`A reminder is due`,
  "import.finished": msg`An import is done`,
  "export.finished": msg`An export is ready`,
};

/** In the order the settings show them. */
export const wayNames: Readonly<Record<NoticeWay, MessageDescriptor>> = {
  app: msg`In the app`,
  email: msg`E-mail`,
  telegram: msg`Telegram`,
  push: msg`Push`,
};

const places: Readonly<Record<Notice["about"]["kind"], MessageDescriptor>> = {
  chat: msg`a chat`,
  ticket: msg`a ticket`,
  workspace: msg`the workspace`,
};

const byNobody: Readonly<Partial<Record<NoticeKind, (place: string) => MessageDescriptor>>> = {
  "chat.assigned": (place) => msg`Assigned to you: ${place}`,
  "ticket.assigned": (place) => msg`Assigned to you: ${place}`,
  "reminder.due": (place) => msg`You wanted to be reminded of ${place}`,
};

const sentences: Readonly<Record<NoticeKind, (who: string, place: string) => MessageDescriptor>> = {
  "comment.mention": (who, place) => msg`${who} mentioned you in a comment on ${place}`,
  "comment.answer": (who, place) => msg`${who} answered your comment on ${place}`,
  "chat.assigned": (who, place) => msg`${who} assigned ${place} to you`,
  "chat.waiting": (_, place) => msg`Waiting for an answer: ${place}`,
  "chat.silent": (_, place) => msg`Nothing from us for long: ${place}`,
  "ticket.assigned": (who, place) => msg`${who} assigned ${place} to you`,
  "ticket.sla_warning": (_, place) => msg`Close to its deadline: ${place}`,
  "ticket.sla_breached": (_, place) => msg`Past its deadline: ${place}`,
  "reminder.due": (who, place) => msg`${who} wanted you to be reminded of ${place}`,
  "import.finished": (_, place) => msg`An import into ${place} is done`,
  "export.finished": (_, place) => msg`An export of ${place} is ready`,
};

/** What has no name; of many chats that are assigned at once somebody is told once, about the workspace. */
function placeOf({ kind, about }: Notice): MessageDescriptor {
  return kind === "chat.assigned" && about.kind === "workspace" ? msg`several chats` : places[about.kind];
}

/** A notice as a sentence. `say` is Lingui's own `i18n._`. */
export function sentenceOf(notice: Notice, say: (message: MessageDescriptor) => string): string {
  const place = notice.about.name === null ? say(placeOf(notice)) : `“${notice.about.name}”`;
  const ofNobody = notice.by === null ? byNobody[notice.kind] : undefined;
  if (ofNobody) return say(ofNobody(place));
  return say(sentences[notice.kind](notice.by?.name ?? say(msg`Somebody`), place));
}
