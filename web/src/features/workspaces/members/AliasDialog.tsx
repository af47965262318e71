/** What the workspace calls a member. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";

import { Dialog } from "@/components/Dialog";
import { FormProblem } from "@/components/FormProblem";
import type { Member } from "@/lib/api/types";
import { showProblem } from "@/lib/forms";

import { useChangeMember } from "./members";

interface Props {
  member: Member;
  onClose: () => void;
}

export function AliasDialog({ member, onClose }: Props) {
  const name = member.full_name;
  return (
    <Dialog opened onClose={onClose} title={<Trans>Alias of {name}</Trans>}>
      <AliasForm member={member} onClose={onClose} />
    </Dialog>
  );
}

function AliasForm({ member, onClose }: Props) {
  const { t } = useLingui();
  const [problem, setProblem] = useState<string | null>(null);
  const { change, isPending } = useChangeMember(member.user_id);
  const form = useForm({ mode: "uncontrolled", initialValues: { alias: member.alias ?? "" } });
  const submit = form.onSubmit(({ alias }) => {
    setProblem(null);
    change({ alias }).then(onClose, (error) => setProblem(showProblem(form, error)));
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <FormProblem>{problem}</FormProblem>
        <TextInput
          label={t`Alias`}
          description={t`Everyone in the workspace sees it instead of the full name. Empty takes it away.`}
          placeholder={member.full_name}
          maxLength={100}
          data-autofocus
          key={form.key("alias")}
          {...form.getInputProps("alias")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={isPending}>
            <Trans>Save alias</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
