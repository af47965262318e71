/** What the files of an export are called while they are written. */

import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import type { DataExport } from "@/lib/api/types";

export const fileNames: Readonly<Record<NonNullable<DataExport["file"]>, MessageDescriptor>> = {
  fields: msg`Writing fields`,
  contacts: msg`Writing contacts`,
  chats: msg`Writing chats`,
  tickets: msg`Writing tickets`,
  comments: msg`Writing comments`,
  activity: msg`Writing the activity log`,
};
