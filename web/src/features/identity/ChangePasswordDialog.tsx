/** Have another password, or a first one. Every other session ends. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";

import { Dialog } from "@/components/Dialog";
import { api } from "@/lib/api/client";
import { focusFirst } from "@/lib/forms";
import { notifyDone } from "@/lib/notify";
import { useMe } from "@/lib/session";

import { NewPasswordField } from "./NewPasswordField";
import { useNewPasswordRule } from "./newPassword";
import { ProofFields } from "./proof/ProofFields";
import { ProofRefusal } from "./proof/ProofRefusal";
import { NO_PROOF, proofOf, showRefusal, useProofRules } from "./proof/proof";
import { useSecurityChanged } from "./useSecurityChanged";

interface Props {
  opened: boolean;
  onClose: () => void;
}

export function ChangePasswordDialog({ opened, onClose }: Props) {
  const { user } = useMe();
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={user.has_password ? <Trans>Change password</Trans> : <Trans>Set a password</Trans>}
    >
      <PasswordForm onDone={onClose} />
    </Dialog>
  );
}

function PasswordForm({ onDone }: { onDone: () => void }) {
  const { t } = useLingui();
  const { user } = useMe();
  const [refused, setRefused] = useState<unknown>(null);
  const change = useChangePassword(onDone);
  const rules = useProofRules();
  const form = useForm({
    mode: "controlled",
    initialValues: { ...NO_PROOF, new_password: "" },
    validate: { ...rules, new_password: useNewPasswordRule() },
  });
  const submit = form.onSubmit(
    ({ new_password, ...proof }) => {
      setRefused(null);
      const body = { proof: proofOf(proof), new_password };
      change.mutate({ body }, { onError: (error) => setRefused(showRefusal(form, error)) });
    },
    (errors) => focusFirst(form, Object.keys(errors)),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <ProofRefusal error={refused} />
        <ProofFields form={form} isFirst />
        <NewPasswordField label={t`New password`} {...form.getInputProps("new_password")} />
        <Text size="sm" c="dimmed">
          <Trans>You stay signed in here. Everywhere else you are signed out.</Trans>
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={change.isPending}>
            {user.has_password ? <Trans>Change password</Trans> : <Trans>Set password</Trans>}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useChangePassword(onDone: () => void) {
  const { t } = useLingui();
  const securityChanged = useSecurityChanged();
  return api.useMutation("post", "/me/password", {
    onSuccess: () => {
      void securityChanged();
      notifyDone(t`Password changed. Other devices are signed out.`);
      onDone();
    },
  });
}
