/** The person's reminders, as cached, and what they do with them. */

import { t } from "@lingui/core/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import { api, http } from "@/lib/api/client";
import type { NewReminder, Reminder, ReminderWhen } from "@/lib/api/types";
import { notifyProblem, notifyUndo } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";
import { useLiveEvent } from "@/live/LiveProvider";
import type { LiveEvents } from "@/live/types";
import { dueAt } from "./moment";

const ONE = "/workspaces/{workspace_id}/reminders/{reminder_id}";

interface ReminderList {
  reminders: Reminder[];
}

export function remindersQuery(workspaceId: string) {
  return api.queryOptions("get", "/workspaces/{workspace_id}/reminders", {
    params: { path: { workspace_id: workspaceId } },
  });
}

/** The person's own, kept in step with what they do elsewhere, and with what rings. */
export function useReminders() {
  const query = remindersQuery(useWorkspace().id);
  const client = useQueryClient();
  const { queryKey } = query;
  const onChange = useCallback(
    ({ change }: LiveEvents["change"]) => {
      if (change.kind.startsWith("reminder.")) void client.invalidateQueries({ queryKey });
    },
    [client, queryKey],
  );
  useLiveEvent("change", onChange);
  return useQuery(query);
}

/** A refusal is said where the reminder was written. */
export function useSetReminder() {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  return api.useMutation("post", "/workspaces/{workspace_id}/reminders", {
    onSuccess: () => client.invalidateQueries(remindersQuery(workspaceId)),
  });
}

export type SetReminder = (body: NewReminder) => Promise<unknown>;

/** What is done about one reminder. It shows at once; a refusal is said and the list read anew. */
export function useReminderActions() {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  const query = remindersQuery(workspaceId);
  const pathOf = ({ id }: Reminder) => ({ params: { path: { workspace_id: workspaceId, reminder_id: id } } });

  const show = (changed: Reminder) =>
    client.setQueryData<ReminderList>(query.queryKey, (list) => list && replaced(list, changed));
  const settle = async (answer: Promise<{ data?: Reminder | undefined }>) => {
    try {
      const { data } = await answer;
      if (data) show(data);
      return true;
    } catch (error) {
      notifyProblem(problemText(error));
      await client.invalidateQueries(query);
      return false;
    }
  };
  const restore = (before: Reminder) => {
    show(before);
    void settle(http.POST(`${ONE}/restore`, { ...pathOf(before), body: { due_at: before.due_at } }));
  };

  return {
    async finish(reminder: Reminder) {
      if (reminder.repeat === null) show({ ...reminder, done_at: new Date().toISOString(), rings_at: null });
      if (await settle(http.POST(`${ONE}/done`, pathOf(reminder))))
        notifyUndo(t`Reminder done.`, () => restore(reminder));
    },
    async snooze(reminder: Reminder, when: ReminderWhen) {
      show({ ...reminder, due_at: dueAt(when, new Date()) });
      if (await settle(http.POST(`${ONE}/snooze`, { ...pathOf(reminder), body: { when } })))
        notifyUndo(t`Reminder put off.`, () => restore(reminder));
    },
    reopen: restore,
    async remove(reminder: Reminder) {
      client.setQueryData<ReminderList>(query.queryKey, (list) => list && without(list, reminder));
      await settle(http.DELETE(ONE, pathOf(reminder)));
    },
  };
}

function replaced({ reminders }: ReminderList, changed: Reminder): ReminderList {
  return { reminders: reminders.map((each) => (each.id === changed.id ? changed : each)) };
}

function without({ reminders }: ReminderList, gone: Reminder): ReminderList {
  return { reminders: reminders.filter((each) => each.id !== gone.id) };
}
