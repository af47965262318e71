/** The pages of the settings, in the order their menu shows them. Apart from the other places: few visits go there. */

import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import {
  Bell,
  Building2,
  Cog,
  Columns3,
  CreditCard,
  Download,
  FileUp,
  type LucideIcon,
  Palette,
  ShieldCheck,
  Smartphone,
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
  { to: "/w/$ws/settings/import", label: msg`Import`, icon: FileUp },
  { to: "/w/$ws/settings/export", label: msg`Export`, icon: Download },
  { to: "/w/$ws/settings/background-work", label: msg`Background work`, icon: Cog },
]);
