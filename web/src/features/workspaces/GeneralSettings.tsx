/** The workspace's name. Admins and owners change it; members see it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { FormProblem } from "@/components/FormProblem";
import { SettingsSection } from "@/components/SettingsSection";
import { api } from "@/lib/api/client";
import type { Me, Membership } from "@/lib/api/types";
import { focusFirst, showProblem } from "@/lib/forms";
import { notifyDone } from "@/lib/notify";
import { usePageTitle } from "@/lib/pageTitle";
import { isAdmin, meQuery, useWorkspace } from "@/lib/session";

export function GeneralSettings() {
  const { t } = useLingui();
  const workspace = useWorkspace();
  usePageTitle(t`Workspace`, t`Settings`);
  const lead = isAdmin(workspace.role) ? (
    <Trans>Everyone in the workspace sees this name.</Trans>
  ) : (
    <Trans>Admins and owners can change the name.</Trans>
  );
  return (
    <SettingsSection title={<Trans>Workspace</Trans>} lead={lead}>
      <NameForm key={workspace.name} workspace={workspace} />
    </SettingsSection>
  );
}

function NameForm({ workspace }: { workspace: Membership }) {
  const { t } = useLingui();
  const [problem, setProblem] = useState<string | null>(null);
  const rename = useRename();
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
  const mayEdit = isAdmin(workspace.role);
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg" maw={420}>
        <FormProblem>{problem}</FormProblem>
        <TextInput
          label={t`Workspace name`}
          maxLength={100}
          readOnly={!mayEdit}
          {...form.getInputProps("name")}
        />
        {mayEdit && (
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

function useRename() {
  const queryClient = useQueryClient();
  return api.useMutation("patch", "/workspaces/{workspace_id}", {
    onSuccess: ({ id, name }) =>
      queryClient.setQueryData<Me>(meQuery.queryKey, (me) => {
        if (me === undefined) return me;
        return {
          ...me,
          workspaces: me.workspaces.map((each) => (each.id === id ? { ...each, name } : each)),
        };
      }),
  });
}
