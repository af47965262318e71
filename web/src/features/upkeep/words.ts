/** What the kinds of due work are called. */

import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

/** Every kind of a workspace; tests/tenancy/test_jobs.py holds that none is left out. */
export const workNames: Readonly<Record<string, MessageDescriptor>> = {
  "column.purge": msg`Removing the values of a deleted column`,
  "column.rewrite": msg`Converting a column's values, or merging its options`,
  "bulk_edit.run": msg`Editing many chats at once`,
  "import.go_on": msg`Importing a file`,
  "import.discard": msg`Throwing away files that nobody imported`,
  "alerts.sweep": msg`Telling members of chats that wait too long`,
  "file.collect": msg`Removing a file nobody uses`,
  "reminder.ring": msg`Reminding somebody`,
  "notice.deliver": msg`Telling somebody outside of the app`,
  "notice.write": msg`Having the bot write to somebody`,
  "notice.push": msg`Telling a browser that is closed`,
  "ticket.warn": msg`Warning of a ticket's deadline`,
  "ticket_sla.follow": msg`Moving warnings after deadlines changed`,
  "ticket_field.purge": msg`Removing the values of a deleted field of tickets`,
  "ticket.release_files": msg`Removing the files in the fields of a deleted ticket`,
  "ticket.purge_comments": msg`Removing the comments on a deleted ticket`,
  "coverage.settle": msg`Bringing seats and connections together`,
  "suspended_connection.end": msg`Logging out a connection nobody paid for`,
  "departure.settle": msg`Ending what a member left behind`,
  "activity.export": msg`Writing an export of the activity log`,
  "activity.remove_export": msg`Removing an export of the activity log`,
  "data.export": msg`Writing an export of the workspace's data`,
  "data.remove_export": msg`Removing an export of the workspace's data`,
  "letter.send": msg`Sending a letter`,
  "leaver.tell": msg`Writing to somebody who left`,
  "new_session.tell": msg`Writing about a new session at Telegram`,
  "payment_failure.tell": msg`Writing about a payment that failed`,
  "billing.reconcile": msg`Comparing bills with the payment provider`,
};

/** One this version has no name for is called by its own: "comment.purge" is "comment purge". */
export function spelled(work: string): string {
  return work.replaceAll(/[._]/gu, " ");
}
