/** What the workspace is called. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { useState } from "react";

import { FormProblem } from "@/components/FormProblem";
import { api } from "@/lib/api/client";
import type { Membership } from "@/lib/api/types";
import { focusFirst, showProblem } from "@/lib/forms";
import { notifyDone } from "@/lib/notify";

import { useTakeWorkspace } from "./workspaceChanges";

interface Props {
  workspace: Membership;
  mayChange: boolean;
}

export function NameForm({ workspace, mayChange }: Props) {
  const { t } = useLingui();
  const [problem, setProblem] = useState<string | null>(null);
  const take = useTakeWorkspace();
  const rename = api.useMutation("patch", "/workspaces/{workspace_id}", { onSuccess: take });
  const form = useForm({
    mode: "controlled",
    initialValues: { name: workspace.name },
    validate: { name: isNotEmpty(t`Enter a name.`) },
  });
  const submit = form.onSubmit(
    (body) => {
      setProblem(null);
      const variables = { params: { path: { workspace_id: workspace.id } }, body };
      const onSuccess = () => notifyDone(t`Workspace renamed.`);
      rename.mutate(variables, { onSuccess, onError: (error) => setProblem(showProblem(form, error)) });
    },
    (errors) => focusFirst(form, Object.keys(errors)),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg" maw={420}>
        <FormProblem>{problem}</FormProblem>
        <TextInput
          label={t`Workspace name`}
          maxLength={100}
          readOnly={!mayChange}
          {...form.getInputProps("name")}
        />
        {mayChange && (
          <Group>
            <Button type="submit" loading={rename.isPending} disabled={!form.isDirty()}>
              <Trans>Save name</Trans>
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
