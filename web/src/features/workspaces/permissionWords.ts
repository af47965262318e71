/** What toggles and flags are called on screen, and what each one changes. */

import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import type { Flag, Toggle } from "@/lib/api/types";

export interface PermissionWords {
  title: MessageDescriptor;
  /** What it changes, in one line. */
  consequence: MessageDescriptor;
}

export const toggleWords: Readonly<Record<Toggle, PermissionWords>> = {
  members_see_all_analytics: {
    title: msg`See everybody's analytics`,
    consequence: msg`Members see the figures of the whole team, not only their own.`,
  },
  members_manage_excluded_chats: {
    title: msg`Manage excluded chats`,
    consequence: msg`Members choose which chats stay out of the table, analytics and counts.`,
  },
  members_export_data: {
    title: msg`Export data`,
    consequence: msg`Members download the workspace's contacts, chats and fields as files.`,
  },
  members_share_templates: {
    title: msg`Share broadcast templates`,
    consequence: msg`Members share their templates with everybody. Otherwise only Admins and Owners do.`,
  },
  tickets_enabled: {
    title: msg`Work with tickets`,
    consequence: msg`Switched off, nobody opens or changes tickets. None is deleted.`,
  },
  members_create_tickets: {
    title: msg`Create tickets`,
    consequence: msg`Members open new tickets.`,
  },
  members_edit_tickets: {
    title: msg`Edit tickets`,
    consequence: msg`Members change tickets, also those of others.`,
  },
  members_delete_tickets: {
    title: msg`Delete tickets`,
    consequence: msg`Members delete tickets for good.`,
  },
  message_attribution: {
    title: msg`Message attribution`,
    consequence: msg`Which teammate sent a message is kept beyond the sending itself.`,
  },
  require_second_factor: {
    title: msg`Require two-step verification`,
    consequence: msg`Whoever signs in without a second step is shut out until they set it up.`,
  },
};

export const flagWords: Readonly<Record<Flag, PermissionWords>> = {
  manage_columns: {
    title: msg`Manage columns`,
    consequence: msg`Creates, changes and deletes columns, with their values.`,
  },
  view_group_members: {
    title: msg`View group members`,
    consequence: msg`Sees who is in the groups of connected accounts.`,
  },
  view_group_management: {
    title: msg`View group management`,
    consequence: msg`Sees who runs the groups of connected accounts, and their invite links.`,
  },
};
