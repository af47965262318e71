/** One field: the new workspace's name. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { useState } from "react";

import { FormProblem } from "@/components/FormProblem";
import { focusFirst, showProblem } from "@/lib/forms";

import { useCreateWorkspace } from "./useCreateWorkspace";

export function CreateWorkspaceForm({ onDone }: { onDone?: () => void }) {
  const { t } = useLingui();
  const [problem, setProblem] = useState<string | null>(null);
  const create = useCreateWorkspace();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { name: "" },
    validate: { name: isNotEmpty(t`Enter a name.`) },
  });
  const submit = form.onSubmit(
    (body) => {
      setProblem(null);
      create.mutate(
        { body },
        { onSuccess: () => onDone?.(), onError: (error) => setProblem(showProblem(form, error)) },
      );
    },
    (errors) => focusFirst(form, Object.keys(errors)),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <FormProblem>{problem}</FormProblem>
        <TextInput
          label={t`Workspace name`}
          placeholder={t`Northwind sales`}
          maxLength={100}
          data-autofocus
          key={form.key("name")}
          {...form.getInputProps("name")}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending}>
            <Trans>Create workspace</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
