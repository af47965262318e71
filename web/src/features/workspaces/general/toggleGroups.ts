/** The toggles in the groups the screen shows them in. */

import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import type { Toggle } from "@/lib/api/types";

export interface ToggleGroup {
  title: MessageDescriptor;
  lead: MessageDescriptor;
  toggles: readonly Toggle[];
}

export const toggleGroups: readonly ToggleGroup[] = [
  {
    title: msg`What Members may`,
    lead: msg`Admins and Owners may all of this whatever stands here.`,
    toggles: [
      "members_see_all_analytics",
      "members_manage_excluded_chats",
      "members_export_data",
      "members_share_templates",
    ],
  },
  {
    title: msg`Tickets`,
    lead: msg`Whether the workspace works with tickets, and what Members do with them.`,
    toggles: ["tickets_enabled", "members_create_tickets", "members_edit_tickets", "members_delete_tickets"],
  },
  {
    title: msg`Privacy and security`,
    lead: msg`These are for everybody, Owners included.`,
    toggles: ["message_attribution", "require_second_factor"],
  },
];
