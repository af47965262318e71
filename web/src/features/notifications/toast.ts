/** The newest notice as a toast, once: loaded when the first one comes. */

import { i18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { notifications } from "@mantine/notifications";
import type { QueryClient } from "@tanstack/react-query";

import { ApiError } from "@/lib/api/errors";

import { newestNoticesQuery } from "./unread";
import { sentenceOf } from "./words";

const SHOWN_MS = 8000;
let lastShown = "";

/** Nothing where the person does not want to be told of it in the app, or has read it elsewhere. */
export async function showNewest(client: QueryClient, workspaceId: string): Promise<void> {
  try {
    const { notices } = await client.fetchQuery(newestNoticesQuery(workspaceId));
    const newest = notices[0];
    if (!newest || newest.is_read || newest.id <= lastShown) return;
    lastShown = newest.id;
    notifications.show({
      message: sentenceOf(newest, (message) => i18n._(message)),
      autoClose: SHOWN_MS,
      closeButtonProps: { "aria-label": t`Close` },
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}
