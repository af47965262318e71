/** Ask for a link that sets another password. The answer is the same for every address. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Stack, Text, TextInput } from "@mantine/core";
import { isEmail, useForm } from "@mantine/form";
import { useState } from "react";

import { LocalMailbox } from "@/components/LocalMailbox";
import { PublicPage } from "@/components/PublicPage";
import { Refusal } from "@/components/Refusal";
import { ResendButton } from "@/components/ResendButton";
import { TextLink } from "@/components/TextLink";
import { api } from "@/lib/api/client";
import { focusFirst, showProblem } from "@/lib/forms";
import { useWait } from "@/lib/wait";

const PAUSE_S = 60;

export function ForgotScreen() {
  const [askedFor, setAskedFor] = useState<string | null>(null);
  return askedFor === null ? <Ask onAsked={setAskedFor} /> : <Asked email={askedFor} />;
}

function BackToSignIn() {
  return (
    <TextLink to="/sign-in" underline="always">
      <Trans>Back to sign in</Trans>
    </TextLink>
  );
}

function Ask({ onAsked }: { onAsked: (email: string) => void }) {
  const { t } = useLingui();
  const [refused, setRefused] = useState<unknown>(null);
  const ask = api.useMutation("post", "/password-resets", { onSuccess: ({ email }) => onAsked(email) });
  const isWaiting = useWait(refused) > 0;
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { email: "" },
    validate: { email: isEmail(t`Enter an e-mail address, such as ada@example.com.`) },
  });
  const submit = form.onSubmit(
    (body) => {
      setRefused(null);
      const onError = (error: unknown) => setRefused(showProblem(form, error) === null ? null : error);
      ask.mutate({ body }, { onError });
    },
    (errors) => focusFirst(form, Object.keys(errors)),
  );
  return (
    <PublicPage
      title={t`Forgot your password?`}
      lead={<Trans>We mail you a link that sets a new one.</Trans>}
      footer={<BackToSignIn />}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="lg">
          <Refusal error={refused} />
          <TextInput
            label={t`E-mail`}
            type="email"
            autoComplete="username"
            autoFocus
            key={form.key("email")}
            {...form.getInputProps("email")}
          />
          <Button type="submit" fullWidth loading={ask.isPending} disabled={isWaiting}>
            <Trans>Send the link</Trans>
          </Button>
        </Stack>
      </form>
    </PublicPage>
  );
}

function Asked({ email }: { email: string }) {
  const { t } = useLingui();
  const [askedAtMs] = useState(Date.now);
  const again = api.useMutation("post", "/password-resets");
  return (
    <PublicPage
      title={t`Check your mail`}
      lead={
        <Trans>
          If <b>{email}</b> has an account, a link is on its way. It is good for 30 minutes.
        </Trans>
      }
      footer={<BackToSignIn />}
    >
      <Stack gap="md">
        <Refusal error={again.error} />
        <ResendButton
          availableAtMs={askedAtMs + PAUSE_S * 1000}
          pauseS={PAUSE_S}
          onPress={() => again.mutate({ body: { email } })}
        >
          <Trans>Send again</Trans>
        </ResendButton>
        <Text size="sm" c="dimmed">
          <Trans>
            Nothing there? Look in the spam folder, and whether you signed up with another address.
          </Trans>
        </Text>
        <LocalMailbox />
      </Stack>
    </PublicPage>
  );
}
