/** The provider vouches for no address: the person says theirs and shows by a mailed link that it is. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Stack, Text, TextInput } from "@mantine/core";
import { isEmail, useForm } from "@mantine/form";
import { useState } from "react";

import { LocalMailbox } from "@/components/LocalMailbox";
import { PublicPage } from "@/components/PublicPage";
import { Refusal } from "@/components/Refusal";
import { ResendButton } from "@/components/ResendButton";
import { api } from "@/lib/api/client";
import { focusFirst, showProblem } from "@/lib/forms";
import { providerTitle } from "@/lib/providers";
import { useWait } from "@/lib/wait";

const PAUSE_S = 60;

export function AskEmail({ provider, email }: { provider: string | undefined; email: string }) {
  const [mailedTo, setMailedTo] = useState<string | null>(null);
  if (mailedTo !== null) return <Mailed email={mailedTo} />;
  return <EmailForm provider={provider} email={email} onMailed={setMailedTo} />;
}

interface FormProps {
  provider: string | undefined;
  email: string;
  onMailed: (email: string) => void;
}

function EmailForm({ provider, email, onMailed }: FormProps) {
  const { t } = useLingui();
  const name = provider ? providerTitle(provider) : t`The provider`;
  const [refused, setRefused] = useState<unknown>(null);
  const ask = api.useMutation("post", "/sign-up/social/email", {
    onSuccess: (asked) => onMailed(asked.email),
  });
  const isWaiting = useWait(refused) > 0;
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { email },
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
      title={t`Your e-mail address`}
      lead={<Trans>{name} does not say whether an address is yours. We mail you a link to be sure.</Trans>}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="lg">
          <Refusal error={refused} />
          <TextInput
            label={t`E-mail`}
            type="email"
            autoComplete="email"
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

function Mailed({ email }: { email: string }) {
  const { t } = useLingui();
  const [mailedAtMs] = useState(Date.now);
  const again = api.useMutation("post", "/sign-up/social/email");
  return (
    <PublicPage
      title={t`Check your mail`}
      lead={
        <Trans>
          We sent a link to <b>{email}</b>. Open it in this browser soon: it is good for 15 minutes at most.
        </Trans>
      }
    >
      <Stack gap="md">
        <Refusal error={again.error} />
        <ResendButton
          availableAtMs={mailedAtMs + PAUSE_S * 1000}
          pauseS={PAUSE_S}
          onPress={() => again.mutate({ body: { email } })}
        >
          <Trans>Send again</Trans>
        </ResendButton>
        <Text size="sm" c="dimmed">
          <Trans>Nothing there? Look in the spam folder.</Trans>
        </Text>
        <LocalMailbox />
      </Stack>
    </PublicPage>
  );
}
