/** The places of a workspace, in the order the menus show them. */

import { msg } from "@lingui/core/macro";
import {
  AlarmClock,
  Bell,
  History,
  Inbox,
  MessageSquareText,
  Settings,
  Table2,
  Ticket,
  UserRound,
} from "lucide-react";

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
