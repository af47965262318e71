/** The places of a workspace, in the order the menus show them. */

import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import {
  AlarmClock,
  Bell,
  Building2,
  Cog,
  Columns3,
  CreditCard,
  History,
  Inbox,
  type LucideIcon,
  MessageSquareText,
  Palette,
  Settings,
  ShieldCheck,
  Smartphone,
  Table2,
  Tags,
  Ticket,
  UserRound,
  Users,
} from "lucide-react";

interface Place<To extends string> {
  to: To;
  label: MessageDescriptor;
  icon: LucideIcon;
}

function places<const List extends readonly Place<string>[]>(list: List): List {
  return list;
}

/** `keys` is the sequence that goes there. */
export const mainPlaces = [
  { to: "/w/$ws/inbox", label: msg`Inbox`, icon: Inbox, keys: "g i" },
  { to: "/w/$ws/chats", label: msg`Chats`, icon: Table2, keys: "g c" },
  { to: "/w/$ws/tickets", label: msg`Tickets`, icon: Ticket, keys: "g t" },
  { to: "/w/$ws/templates", label: msg`Templates`, icon: MessageSquareText, keys: "g m" },
  { to: "/w/$ws/activity", label: msg`Activity`, icon: History, keys: "g l" },
  { to: "/w/$ws/settings", label: msg`Settings`, icon: Settings, keys: "g s" },
] as const;

/** The other places of the sidebar; a phone's bar has no room for them, so that they stand in its menu. */
export const furtherPlaces = [
  { to: "/w/$ws/contacts", label: msg`Contacts`, icon: UserRound, keys: "g p" },
  { to: "/w/$ws/reminders", label: msg`Reminders`, icon: AlarmClock, keys: "g r" },
] as const;

/** What is told to the person alone: it stands by itself, since it counts. */
export const bellPlace = {
  to: "/w/$ws/notifications",
  label: msg`Notifications`,
  icon: Bell,
  keys: "g n",
} as const;

/** Those a thumb reaches at once; on a phone the palette leads to the others. */
export const phonePlaces = mainPlaces.filter(({ to }) => to !== "/w/$ws/templates");

export const personalPlaces = places([
  { to: "/w/$ws/settings/accounts", label: msg`Telegram accounts`, icon: Smartphone },
  { to: "/w/$ws/settings/profile", label: msg`Profile`, icon: UserRound },
  { to: "/w/$ws/settings/security", label: msg`Security`, icon: ShieldCheck },
  { to: "/w/$ws/settings/notifications", label: msg`Notifications`, icon: Bell },
  { to: "/w/$ws/settings/appearance", label: msg`Appearance`, icon: Palette },
]);

export const workspacePlaces = places([
  { to: "/w/$ws/settings/general", label: msg`Workspace`, icon: Building2 },
  { to: "/w/$ws/settings/fields", label: msg`Fields`, icon: Columns3 },
  { to: "/w/$ws/settings/tags", label: msg`Tags`, icon: Tags },
  { to: "/w/$ws/settings/members", label: msg`Members`, icon: Users },
  { to: "/w/$ws/settings/tickets", label: msg`Tickets`, icon: Ticket },
  { to: "/w/$ws/settings/billing", label: msg`Plan and seats`, icon: CreditCard },
  { to: "/w/$ws/settings/background-work", label: msg`Background work`, icon: Cog },
]);
