/** The form of the promise. Empty hours are off; a priority says its own hours, the workspace's, or none. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Autocomplete, Button, Group, Stack, Switch, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Refusal } from "@/components/Refusal";
import { http } from "@/lib/api/client";
import type { TicketSla } from "@/lib/api/types";
import { notifyDone } from "@/lib/notify";
import { useWorkspace } from "@/lib/session";
import { priorityOrder } from "../orders";
import { slaQuery } from "../tickets";
import { priorities } from "../words";
import { type Draft, draftOf, settingsOf, type Wrong } from "./draft";
import { WorkingHours } from "./WorkingHours";

const OFFERED = ["1", "2", "4", "8", "12", "24", "48", "72", "168"];

interface SlaFormProps {
  settings: TicketSla;
  isReadOnly: boolean;
}

/** Mount it anew for each version of the settings (key). */
export function SlaForm({ settings, isReadOnly }: SlaFormProps) {
  const { t, i18n } = useLingui();
  const [draft, setDraft] = useState(() => draftOf(settings));
  const [wrong, setWrong] = useState<Wrong>({});
  const save = useSave();
  const words = useWrongWords();
  const set = (part: Partial<Draft>) => setDraft((was) => ({ ...was, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = settingsOf(draft, settings.version);
    setWrong(read.ok ? {} : read.wrong);
    if (read.ok) save.mutate(read.settings);
  };
  return (
    <form onSubmit={submit} noValidate>
      <fieldset disabled={isReadOnly} style={{ border: 0, margin: 0, padding: 0 }}>
        <Stack gap="md">
          <Refusal error={save.error} />
          <Autocomplete
            label={t`Hours for every ticket`}
            description={t`From its making until it is solved. Leave it empty for none.`}
            data={OFFERED}
            filter={({ options }) => options}
            inputMode="numeric"
            value={draft.hours}
            error={wrong.hours && words[wrong.hours]}
            onChange={(hours) => set({ hours })}
          />
          <Group grow align="start">
            {priorityOrder.map((priority) => (
              <TextInput
                key={priority}
                label={t`Hours, ${i18n._(priorities[priority].name)} priority`}
                placeholder={t`As above`}
                description={t`0 for none`}
                inputMode="numeric"
                value={draft.byPriority[priority]}
                error={wrong[priority] && words[wrong[priority]]}
                onChange={(event) =>
                  set({ byPriority: { ...draft.byPriority, [priority]: event.currentTarget.value } })
                }
              />
            ))}
          </Group>
          <WorkingHours draft={draft} wrong={wrong.hoursOfWork && words[wrong.hoursOfWork]} onChange={set} />
          <Switch
            label={t`Pause while a ticket is pending`}
            checked={draft.pauses}
            onChange={(event) => set({ pauses: event.currentTarget.checked })}
          />
          <TextInput
            label={t`Warn so many minutes before`}
            description={t`Whoever sees to the ticket, else who made it.`}
            inputMode="numeric"
            value={draft.warnMinutes}
            error={wrong.warnMinutes && words[wrong.warnMinutes]}
            onChange={(event) => set({ warnMinutes: event.currentTarget.value })}
          />
          {!isReadOnly && (
            <Group>
              <Button type="submit" loading={save.isPending}>
                <Trans>Save</Trans>
              </Button>
            </Group>
          )}
        </Stack>
      </fieldset>
    </form>
  );
}

function useSave() {
  const { t } = useLingui();
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (settings: TicketSla) => {
      const path = { workspace_id: workspaceId };
      const { data } = await http.PUT("/workspaces/{workspace_id}/ticket-sla", {
        params: { path },
        body: settings,
      });
      return data;
    },
    onSuccess: (saved) => {
      client.setQueryData(slaQuery(workspaceId).queryKey, saved);
      void client.invalidateQueries({ queryKey: ["tickets", workspaceId] });
      notifyDone(t`Saved. It holds for every ticket.`);
    },
    // Where somebody was faster the form shows what they wrote.
    onError: () => client.invalidateQueries({ queryKey: slaQuery(workspaceId).queryKey }),
  });
}

function useWrongWords(): Record<NonNullable<Wrong[keyof Wrong]>, string> {
  const { t } = useLingui();
  return {
    hours: t`Whole hours from 1 to 8,760.`,
    minutes: t`Whole minutes from 1 to 10,080.`,
    week: t`Each day must end after it begins, and one day at least must be worked.`,
  };
}
