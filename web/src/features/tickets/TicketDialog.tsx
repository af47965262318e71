/** Makes a ticket; from a chat, one that is linked to it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, NativeSelect, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Dialog } from "@/components/Dialog";
import { FormProblem } from "@/components/FormProblem";
import { http } from "@/lib/api/client";
import type { NewTicket, Ticket } from "@/lib/api/types";
import { focusFirst, showProblem } from "@/lib/forms";
import { useWorkspace } from "@/lib/session";
import { useAssigneeOptions, usePriorityOptions, useStatusOptions } from "./choices";
import { ChatNames } from "./panel/ChatNames";
import { FieldValues } from "./panel/FieldValues";
import { putTicket } from "./tickets";
import type { Priority, Status } from "./words";

interface TicketDialogProps {
  /** Linked from the start. */
  chatId?: string | undefined;
  /** Messages of that chat, by where they are. */
  quotes?: Ticket["quotes"];
  onMade: (ticket: Ticket) => void;
  onClose: () => void;
}

interface Draft {
  [name: string]: unknown;
  title: string;
  description: string;
  status: Status;
  priority: Priority;
  assignee: string;
  due_on: string;
}

export default function TicketDialog({ chatId, quotes = [], onMade, onClose }: TicketDialogProps) {
  const { t } = useLingui();
  const [problem, setProblem] = useState<string | null>(null);
  const [chatIds, setChatIds] = useState<readonly string[]>(chatId === undefined ? [] : [chatId]);
  const [values, setValues] = useState<Ticket["values"]>({});
  const form = useForm<Draft>({
    initialValues: {
      title: "",
      description: "",
      status: "new",
      priority: "medium",
      assignee: "",
      due_on: "",
    },
    validate: { title: (title) => (title.trim() === "" ? t`Enter a title.` : null) },
  });
  const create = useCreateTicket(onMade);
  const submit = form.onSubmit(
    ({ assignee, due_on, ...rest }) => {
      setProblem(null);
      const body = {
        ...rest,
        assignee: assignee || null,
        due_on: due_on || null,
        chat_ids: [...chatIds],
        // What is quoted goes with its chat.
        quotes: quotes.filter((quote) => chatIds.includes(quote.chat_id)),
        values,
      };
      create.mutate(body, { onError: (error) => setProblem(showProblem(form, error)) });
    },
    (errors) => focusFirst(form, Object.keys(errors)),
  );
  return (
    <Dialog opened onClose={onClose} title={t`New ticket`} size={520}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <FormProblem>{problem}</FormProblem>
          <TextInput
            label={t`Title`}
            required
            data-autofocus
            maxLength={200}
            dir="auto"
            {...form.getInputProps("title")}
          />
          <Textarea
            label={t`Description`}
            autosize
            minRows={3}
            maxRows={12}
            maxLength={10_000}
            dir="auto"
            {...form.getInputProps("description")}
          />
          <Group grow align="start">
            <NativeSelect label={t`Status`} data={useStatusOptions()} {...form.getInputProps("status")} />
            <NativeSelect
              label={t`Priority`}
              data={usePriorityOptions()}
              {...form.getInputProps("priority")}
            />
          </Group>
          <Group grow align="start">
            <NativeSelect
              label={t`Assignee`}
              data={useAssigneeOptions(null)}
              {...form.getInputProps("assignee")}
            />
            <TextInput type="date" label={t`Date`} {...form.getInputProps("due_on")} />
          </Group>
          <FieldValues
            values={values}
            isReadOnly={false}
            isDraft
            onChange={({ id }, value) => setValues((was) => ({ ...was, [id]: value }))}
          />
          {quotes.length > 0 && (
            <Text size="sm" c="dimmed">
              <Trans>
                The message is linked, not copied: it is shown to whoever can read it in Telegram.
              </Trans>
            </Text>
          )}
          <ChatNames chatIds={chatIds} onChange={setChatIds} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              <Trans>Cancel</Trans>
            </Button>
            <Button type="submit" loading={create.isPending}>
              <Trans>Create ticket</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** The same wish asked for again, after an answer was lost, makes no second ticket. */
function useCreateTicket(onMade: (ticket: Ticket) => void) {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  const wish = useRef({ said: "", key: "" });
  return useMutation({
    mutationFn: async (body: NewTicket) => {
      const said = JSON.stringify(body);
      if (said !== wish.current.said) wish.current = { said, key: crypto.randomUUID() };
      const { data } = await http.POST("/workspaces/{workspace_id}/tickets", {
        params: { path: { workspace_id: workspaceId }, header: { "Idempotency-Key": wish.current.key } },
        body,
      });
      if (!data) throw new TypeError("The answer holds no ticket.");
      return data;
    },
    onSuccess: (ticket) => {
      putTicket(client, workspaceId, ticket);
      void client.invalidateQueries({
        queryKey: ["tickets", workspaceId],
        predicate: ({ queryKey }) => queryKey.length > 2,
      });
      onMade(ticket);
    },
  });
}
