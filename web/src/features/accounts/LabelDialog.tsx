/** Change what the workspace calls an account. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { Dialog } from "@/components/Dialog";
import { FormProblem } from "@/components/FormProblem";
import { api } from "@/lib/api/client";
import type { Account } from "@/lib/api/types";
import { showProblem } from "@/lib/forms";
import { useWorkspace } from "@/lib/session";

import { accountsQuery } from "./accountsQuery";

interface Props {
  account: Account;
  opened: boolean;
  onClose: () => void;
}

export function LabelDialog({ account, opened, onClose }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title={<Trans>Change label</Trans>}>
      <LabelForm account={account} onDone={onClose} />
    </Dialog>
  );
}

function LabelForm({ account, onDone }: { account: Account; onDone: () => void }) {
  const { t } = useLingui();
  const workspace = useWorkspace();
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { label: account.label },
    validate: { label: isNotEmpty(t`Enter a label.`) },
  });
  const save = api.useMutation("patch", "/workspaces/{workspace_id}/accounts/{account_id}", {
    onSuccess: async () => {
      await queryClient.invalidateQueries(accountsQuery(workspace.id));
      onDone();
    },
    onError: (error) => setProblem(showProblem(form, error)),
  });
  const path = { workspace_id: workspace.id, account_id: account.id };
  const submit = form.onSubmit((body) => save.mutate({ params: { path }, body }));
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <FormProblem>{problem}</FormProblem>
        <TextInput
          label={t`Label`}
          description={t`Everyone in the workspace sees it. Telegram calls the account ${account.name}.`}
          maxLength={64}
          data-autofocus
          key={form.key("label")}
          {...form.getInputProps("label")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={save.isPending}>
            <Trans>Save label</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
