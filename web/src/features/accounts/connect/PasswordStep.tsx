/** The account's cloud password, when it has one. It is checked by SRP and never leaves this login. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, Text } from "@mantine/core";
import { type FormEvent, useRef, useState } from "react";

import { PasswordField } from "@/components/PasswordField";
import type { ApiError } from "@/lib/api/errors";
import { problemText } from "@/lib/problemText";

import { BackButton } from "./BackButton";
import type { LoginActions } from "./useLogin";

interface Props {
  hint: string | null;
  refusal: ApiError | null;
  actions: LoginActions;
}

export function PasswordStep({ hint, refusal, actions }: Props) {
  const { t } = useLingui();
  const [password, setPassword] = useState("");
  const [isSending, setSending] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    await actions.sendPassword(password);
    setSending(false);
    setPassword("");
    field.current?.focus();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <Text>
          <Trans>This account is protected by a cloud password (two-step verification).</Trans>
        </Text>
        <PasswordField
          ref={field}
          label={t`Cloud password`}
          description={hint ? t`Hint: ${hint}` : null}
          error={refusal && problemText(refusal)}
          autoComplete="off"
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Text size="xs" c="dimmed">
          <Trans>
            Forgotten? Only Telegram can reset it: in its app, under Settings, Privacy and Security.
          </Trans>
        </Text>
        <Group justify="flex-end">
          <BackButton onClick={actions.startOver} />
          <Button type="submit" disabled={password === ""} loading={isSending}>
            <Trans>Continue</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
