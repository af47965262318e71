/** Move the account to another address: a link goes there, and opening it makes the move. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { isEmail, useForm } from "@mantine/form";
import { useState } from "react";

import { Dialog } from "@/components/Dialog";
import { api } from "@/lib/api/client";
import { focusFirst } from "@/lib/forms";

import { ProofFields } from "./proof/ProofFields";
import { ProofRefusal } from "./proof/ProofRefusal";
import { NO_PROOF, proofOf, showRefusal, useProofRules } from "./proof/proof";

interface Props {
  opened: boolean;
  onClose: () => void;
}

export function ChangeEmailDialog({ opened, onClose }: Props) {
  const [mailedTo, setMailedTo] = useState<string | null>(null);
  const close = () => {
    setMailedTo(null);
    onClose();
  };
  return (
    <Dialog opened={opened} onClose={close} title={<Trans>Change e-mail address</Trans>}>
      {mailedTo === null ? (
        <EmailForm onMailed={setMailedTo} onCancel={close} />
      ) : (
        <Mailed email={mailedTo} onDone={close} />
      )}
    </Dialog>
  );
}

function EmailForm({ onMailed, onCancel }: { onMailed: (email: string) => void; onCancel: () => void }) {
  const { t } = useLingui();
  const [refused, setRefused] = useState<unknown>(null);
  const change = api.useMutation("post", "/me/email", { onSuccess: ({ email }) => onMailed(email) });
  const rules = useProofRules();
  const form = useForm({
    mode: "controlled",
    initialValues: { email: "", ...NO_PROOF },
    validate: { email: isEmail(t`Enter an e-mail address, such as ada@example.com.`), ...rules },
  });
  const submit = form.onSubmit(
    ({ email, ...proof }) => {
      setRefused(null);
      const body = { email, proof: proofOf(proof) };
      change.mutate({ body }, { onError: (error) => setRefused(showRefusal(form, error)) });
    },
    (errors) => focusFirst(form, Object.keys(errors)),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <ProofRefusal error={refused} />
        <TextInput
          label={t`New e-mail address`}
          type="email"
          autoComplete="email"
          data-autofocus
          {...form.getInputProps("email")}
        />
        <ProofFields form={form} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={change.isPending}>
            <Trans>Send the link</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Mailed({ email, onDone }: { email: string; onDone: () => void }) {
  return (
    <Stack gap="lg">
      <Text role="status">
        <Trans>
          We sent a link to <b>{email}</b>. Open it within 24 hours to move your account there; until then
          nothing changes.
        </Trans>
      </Text>
      <Group justify="flex-end">
        <Button onClick={onDone} data-autofocus>
          <Trans>Done</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
