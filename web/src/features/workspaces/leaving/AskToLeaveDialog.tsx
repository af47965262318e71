/** Ask to leave, with a reason if one likes. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { Dialog } from "@/components/Dialog";
import { FormProblem } from "@/components/FormProblem";
import { api } from "@/lib/api/client";
import { showProblem } from "@/lib/forms";
import { notifyDone } from "@/lib/notify";
import { useWorkspace } from "@/lib/session";

import { membersQuery } from "../members/members";
import { Consequences } from "./Consequences";

const REASON_MAX = 500;

export function AskToLeaveDialog({ onClose }: { onClose: () => void }) {
  const name = useWorkspace().name;
  return (
    <Dialog opened onClose={onClose} title={<Trans>Ask to leave {name}</Trans>}>
      <AskForm onClose={onClose} />
    </Dialog>
  );
}

function AskForm({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm({ mode: "uncontrolled", initialValues: { reason: "" } });
  const client = useQueryClient();
  const path = { workspace_id: useWorkspace().id };
  const ask = api.useMutation("put", "/workspaces/{workspace_id}/leave-request", {
    onSuccess: async () => {
      await client.invalidateQueries(membersQuery(path.workspace_id));
      notifyDone(t`You asked to leave.`);
      onClose();
    },
    onError: (error) => setProblem(showProblem(form, error)),
  });
  const submit = form.onSubmit(({ reason }) => {
    setProblem(null);
    ask.mutate({ params: { path }, body: { reason: reason.trim() || null } });
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <FormProblem>{problem}</FormProblem>
        <Textarea
          label={t`Reason (optional)`}
          description={t`Those who decide see it. It stands in no log.`}
          autosize
          minRows={3}
          maxLength={REASON_MAX}
          data-autofocus
          key={form.key("reason")}
          {...form.getInputProps("reason")}
        />
        <div>
          <Text size="sm" mb="xs">
            <Trans>Once somebody approves:</Trans>
          </Text>
          <Consequences isOwn />
        </div>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={ask.isPending}>
            <Trans>Ask to leave</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
