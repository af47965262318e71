/** What anybody in the workspace is to be reminded of about a chat; nothing where that is nothing. */

import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import { PanelSection } from "@/components/Panel";
import { WhoSees } from "@/components/WhoSees";
import { api } from "@/lib/api/client";
import type { Reminder } from "@/lib/api/types";
import { useMinuteMs } from "@/lib/clock";
import { useWorkspace } from "@/lib/session";
import { Moment } from "@/lib/time";
import { useLiveEvent } from "@/live/LiveProvider";
import type { LiveEvents } from "@/live/types";

import classes from "./ChatReminders.module.css";

export default function ChatReminders({ chatId }: { chatId: string }) {
  const reminders = useChatReminders(chatId);
  if (reminders.length === 0) return null;
  return (
    <PanelSection title={<Trans>Reminders</Trans>}>
      <WhoSees who="workspace" />
      <ul className={classes.list}>
        {reminders.map((each) => (
          <Line key={each.id} reminder={each} />
        ))}
      </ul>
    </PanelSection>
  );
}

function Line({ reminder }: { reminder: Reminder }) {
  const { t } = useLingui();
  const whom = reminder.for.name ?? t`Somebody`;
  const nowMs = useMinuteMs();
  return (
    <li className={classes.line} data-overdue={Date.parse(reminder.due_at) <= nowMs}>
      <span>{reminder.text === "" ? <Trans>Look at this chat</Trans> : reminder.text}</span>
      <span className={classes.facts}>
        {whom}, <Moment at={reminder.due_at} nowMs={nowMs} />
      </span>
    </li>
  );
}

/** Kept in step with what anybody does about them. */
function useChatReminders(chatId: string): readonly Reminder[] {
  const workspaceId = useWorkspace().id;
  const query = api.queryOptions("get", "/workspaces/{workspace_id}/chats/{chat_id}/reminders", {
    params: { path: { workspace_id: workspaceId, chat_id: chatId } },
  });
  const client = useQueryClient();
  const { queryKey } = query;
  const onChange = useCallback(
    ({ change }: LiveEvents["change"]) => {
      if (change.kind.startsWith("reminder.")) void client.invalidateQueries({ queryKey });
    },
    [client, queryKey],
  );
  useLiveEvent("change", onChange);
  return useQuery(query).data?.reminders ?? [];
}
