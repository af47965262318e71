/** What each kind of entry says, in words, and what its noun looks like. */

import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import {
  AlarmClock,
  Armchair,
  Building2,
  Columns3,
  CreditCard,
  DoorOpen,
  Link2,
  type LucideIcon,
  MessageSquare,
  MessageSquareLock,
  PencilLine,
  ReceiptText,
  ScrollText,
  ShieldCheck,
  Smartphone,
  Ticket,
  Timer,
  ToggleRight,
  Users,
} from "lucide-react";

export interface Noun {
  label: MessageDescriptor;
  icon: LucideIcon;
}

/** What the first part of a kind is about, in the order the filter shows them. */
export const nouns: Readonly<Record<string, Noun>> = {
  workspace: { label: msg`Workspace`, icon: Building2 },
  toggles: { label: msg`Settings`, icon: ToggleRight },
  member: { label: msg`Members`, icon: Users },
  ownership: { label: msg`Ownership`, icon: Users },
  invite: { label: msg`Invitations`, icon: Link2 },
  leaving: { label: msg`Leaving`, icon: DoorOpen },
  seat: { label: msg`Seats`, icon: Armchair },
  seats: { label: msg`Paid seats`, icon: Armchair },
  subscription: { label: msg`Subscription`, icon: CreditCard },
  checkout: { label: msg`Purchases`, icon: CreditCard },
  customer: { label: msg`Billing customer`, icon: CreditCard },
  invoice: { label: msg`Invoices`, icon: ReceiptText },
  charge: { label: msg`Refunds`, icon: ReceiptText },
  column: { label: msg`Columns`, icon: Columns3 },
  value: { label: msg`Values`, icon: PencilLine },
  ticket: { label: msg`Tickets`, icon: Ticket },
  ticket_field: { label: msg`Fields of tickets`, icon: Columns3 },
  ticket_sla: { label: msg`Ticket deadlines`, icon: Timer },
  chat: { label: msg`Chats`, icon: MessageSquare },
  reminder: { label: msg`Reminders`, icon: AlarmClock },
  comment: { label: msg`Comments`, icon: MessageSquareLock },
  account: { label: msg`Telegram accounts`, icon: Smartphone },
  connection: { label: msg`Connections`, icon: Smartphone },
  activity: { label: msg`Activity log`, icon: ScrollText },
  staff: { label: msg`Wireroom's staff`, icon: ShieldCheck },
};

/** One sentence for each kind that is journalled. The actor stands before it, the object after it. */
export const sentences: Readonly<Record<string, MessageDescriptor>> = {
  "workspace.created": msg`Created the workspace`,
  "workspace.renamed": msg`Renamed the workspace`,
  "workspace.logo_changed": msg`Changed the logo`,
  "workspace.logo_removed": msg`Removed the logo`,
  "workspace.deletion_requested": msg`Asked for the workspace to be deleted`,
  "workspace.deletion_undone": msg`Undid the deletion of the workspace`,
  "workspace.erasing_begun": msg`Began to erase the workspace`,
  "toggles.changed": msg`Changed settings`,
  "member.joined": msg`Joined the workspace`,
  "member.renamed": msg`Changed their name or username`,
  "member.role_changed": msg`Changed a role`,
  "member.flags_changed": msg`Changed permissions`,
  "member.aliased": msg`Changed an alias`,
  "member.changed": msg`Changed role, permissions or alias`,
  "member.removed": msg`Removed a member`,
  "member.left": msg`Left, or was let go`,
  "ownership.transferred": msg`Handed the workspace over`,
  "ownership.inherited": msg`Passed ownership on with a deleted account`,
  "seats.paid": msg`Changed which seats are paid for`,
  "seat.assigned": msg`Gave a seat to a member`,
  "seat.freed": msg`Took a seat from a member`,
  "seat.extra_accounts_changed": msg`Changed the extra accounts of a seat`,
  "reminder.created": msg`Set a reminder`,
  "reminder.changed": msg`Changed a reminder`,
  "reminder.snoozed": msg`Put a reminder off`,
  "reminder.rang": msg`Told somebody of a reminder`,
  "reminder.answered": msg`Ended a reminder, since an answer came first`,
  "reminder.done": msg`Dealt with a reminder`,
  "reminder.restored": msg`Took back what was done about a reminder`,
  "reminder.removed": msg`Removed a reminder`,
  "customer.created": msg`Became a customer of the payment provider`,
  "checkout.opened": msg`Opened the payment page`,
  "subscription.change_confirmed": msg`Confirmed a change of seats`,
  "subscription.end_requested": msg`Cancelled a subscription at its period's end`,
  "subscription.end_undone": msg`Took back that a subscription ends`,
  "subscription.changed": msg`Brought a subscription up to date`,
  "invoice.recorded": msg`Recorded an invoice`,
  "charge.refunded": msg`Recorded a refund`,
  "leaving.asked": msg`Asked to leave`,
  "leaving.withdrawn": msg`Withdrew the request to leave`,
  "leaving.denied": msg`Denied a request to leave`,
  "invite.created": msg`Made an invitation`,
  "invite.resent": msg`Sent an invitation again`,
  "invite.revoked": msg`Revoked an invitation`,
  "column.created": msg`Added a column`,
  "column.changed": msg`Changed a column`,
  "column.option_added": msg`Added an option`,
  "column.moved": msg`Moved a column`,
  "column.merge_started": msg`Began to merge two options`,
  "column.values_merged": msg`Gave values the option another was merged into`,
  "column.options_merged": msg`Merged two options`,
  "column.conversion_started": msg`Began to change the type of a column`,
  "column.values_converted": msg`Changed values to the new type`,
  "column.converted": msg`Changed the type of a column`,
  "column.conversion_refused": msg`Left a column's type as it was: a value would have been lost`,
  "column.deleted": msg`Deleted a column`,
  "column.purge_started": msg`Began to remove a deleted column's values`,
  "column.values_purged": msg`Removed values of a deleted column`,
  "column.purged": msg`Removed the last of a deleted column`,
  "value.set": msg`Set a value`,
  "ticket.created": msg`Made a ticket`,
  "ticket.changed": msg`Changed a ticket`,
  "ticket.deleted": msg`Deleted a ticket`,
  "ticket.sla_warned": msg`Warned of a ticket's deadline`,
  "ticket_field.created": msg`Added a field of tickets`,
  "ticket_field.changed": msg`Changed a field of tickets`,
  "ticket_field.deleted": msg`Deleted a field of tickets`,
  "ticket_field.values_purged": msg`Removed values of a deleted field`,
  "ticket_field.purged": msg`Removed the last of a deleted field`,
  "ticket_sla.changed": msg`Changed how long tickets may take`,
  "ticket_sla.warnings_moved": msg`Moved warnings of tickets after that`,
  "ticket_sla.followed": msg`Moved the last warning after that`,
  "comment.created": msg`Commented on`,
  "comment.edited": msg`Edited a comment on`,
  "comment.deleted": msg`Deleted a comment on`,
  "account.labelled": msg`Labelled an account`,
  "account.holder_forgotten": msg`Forgot who had connected an account`,
  "account.limited": msg`Was limited by Telegram`,
  "account.resumed": msg`Let a limited account go on`,
  "account.session_found": msg`Found a new session at Telegram`,
  "account.session_kept": msg`Kept a session at Telegram`,
  "account.session_ended": msg`Ended a session at Telegram`,
  "connection.opened": msg`Connected a Telegram account`,
  "connection.end_requested": msg`Disconnected a Telegram account`,
  "connection.proxy_changed": msg`Changed the proxy of a connection`,
  "connection.proxy_removed": msg`Removed the proxy of a connection`,
  "connection.closed": msg`Destroyed the session of a Telegram account`,
  "connection.suspended": msg`Suspended a connection that is not paid for`,
  "connection.resumed": msg`Resumed a connection that is paid for again`,
  "connection.lost": msg`Lost the session of a Telegram account`,
  "activity.export_requested": msg`Exported the activity log`,
  "activity.exported": msg`Finished an export of the activity log`,
  "staff.granted": msg`Was granted a look at the workspace's health`,
  "staff.looked": msg`Looked at the workspace's health`,
};

/** The part of a kind that says what it is about: `member` of `member.joined`. */
export function nounOf(kind: string): string {
  return kind.split(".")[0] ?? kind;
}

/** The kinds of one noun, in the order of the table above. */
export function kindsOf(noun: string): string[] {
  return Object.keys(sentences).filter((kind) => nounOf(kind) === noun);
}

/** The sentence of a kind; undefined for one this version does not know. */
export function sentenceOf(kind: string): MessageDescriptor | undefined {
  return sentences[kind];
}
