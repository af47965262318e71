/** Make an account of what a provider says: only a username and consent are missing. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Stack, TextInput } from "@mantine/core";
import { isNotEmpty, matches, useForm } from "@mantine/form";
import { useState } from "react";

import { PublicPage } from "@/components/PublicPage";
import { Refusal } from "@/components/Refusal";
import { useEnter } from "@/features/identity/useEnter";
import { showNameProblem, USERNAME } from "@/features/identity/username";
import { ConsentFields, NO_CONSENT, useConsentRules } from "@/features/legal/ConsentFields";
import { api } from "@/lib/api/client";
import { ApiError } from "@/lib/api/errors";
import type { SocialAnswer } from "@/lib/api/types";
import { focusFirst } from "@/lib/forms";
import { useWait } from "@/lib/wait";

import { KnownAddress } from "./KnownAddress";

interface Props {
  provider: string | undefined;
  answer: SocialAnswer;
}

export function SocialSignUp({ provider, answer }: Props) {
  const email = answer.email ?? "";
  const [isKnown, setKnown] = useState(false);
  if (isKnown) return <KnownAddress provider={provider} email={email} />;
  return <SignUpForm email={email} answer={answer} onKnown={() => setKnown(true)} />;
}

interface FormProps {
  email: string;
  answer: SocialAnswer;
  /** Somebody made an account with the address meanwhile. */
  onKnown: () => void;
}

function SignUpForm({ email, answer, onKnown }: FormProps) {
  const { t } = useLingui();
  const [refused, setRefused] = useState<unknown>(null);
  const enter = useEnter();
  const signUp = api.useMutation("post", "/sign-up/social", {
    onSuccess: (entered) => enter(entered, answer.return_to),
  });
  const isWaiting = useWait(refused) > 0;
  const form = useForm({
    mode: "controlled",
    initialValues: { full_name: answer.full_name ?? "", username: "", ...NO_CONSENT },
    validate: {
      full_name: isNotEmpty(t`Enter your name.`),
      username: matches(USERNAME, t`3 to 32 small letters, digits or underscores.`),
      ...useConsentRules(),
    },
  });
  const submit = form.onSubmit(
    (body) => {
      setRefused(null);
      const onError = (error: unknown) => {
        if (error instanceof ApiError && error.code === "account-exists") onKnown();
        else setRefused(showNameProblem(form, error));
      };
      signUp.mutate({ body }, { onError });
    },
    (errors) => focusFirst(form, Object.keys(errors)),
  );
  return (
    <PublicPage title={t`Create an account`} lead={<Trans>Your e-mail address is {email}.</Trans>}>
      <form onSubmit={submit} noValidate>
        <Stack gap="lg">
          <Refusal error={refused} />
          <TextInput label={t`Full name`} autoComplete="name" {...form.getInputProps("full_name")} />
          <TextInput
            label={t`Username`}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            description={t`How teammates mention you.`}
            {...form.getInputProps("username")}
          />
          <ConsentFields form={form} />
          <Button type="submit" fullWidth loading={signUp.isPending} disabled={isWaiting}>
            <Trans>Create account</Trans>
          </Button>
        </Stack>
      </form>
    </PublicPage>
  );
}
