/** Make an account. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Stack, TextInput } from "@mantine/core";
import { isEmail, isNotEmpty, matches, useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";

import { PublicPage } from "@/components/PublicPage";
import { Refusal } from "@/components/Refusal";
import { TextLink } from "@/components/TextLink";
import { ConsentFields, NO_CONSENT, useConsentRules } from "@/features/legal/ConsentFields";
import { api } from "@/lib/api/client";
import { focusFirst } from "@/lib/forms";
import { useWait } from "@/lib/wait";

import { NewPasswordField } from "./NewPasswordField";
import { useNewPasswordRule } from "./newPassword";
import { holdSignUp } from "./pendingSignUp";
import { showNameProblem, USERNAME } from "./username";

const EMPTY = { email: "", full_name: "", username: "", password: "", ...NO_CONSENT };

/** `providers` are other ways in, below the form. */
export function SignUpScreen({ providers }: { providers?: ReactNode }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const form = useSignUpForm();
  const [refused, setRefused] = useState<unknown>(null);
  const signUp = api.useMutation("post", "/sign-up");
  const isWaiting = useWait(refused) > 0;

  const submit = form.onSubmit(
    (body) => {
      setRefused(null);
      const onSuccess = () => {
        holdSignUp(body);
        void navigate({ to: "/check-mail" });
      };
      const onError = (error: unknown) => setRefused(showNameProblem(form, error));
      signUp.mutate({ body }, { onSuccess, onError });
    },
    (errors) => focusFirst(form, Object.keys(errors)),
  );

  return (
    <PublicPage
      title={t`Create an account`}
      lead={<Trans>You get a workspace of your own. No card needed.</Trans>}
      footer={
        <Trans>
          Already have an account?{" "}
          <TextLink to="/sign-in" underline="always">
            Sign in
          </TextLink>
        </Trans>
      }
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="lg">
          <Refusal error={refused} />
          <Fields form={form} />
          <Button type="submit" fullWidth loading={signUp.isPending} disabled={isWaiting}>
            <Trans>Create account</Trans>
          </Button>
        </Stack>
      </form>
      {providers}
    </PublicPage>
  );
}

function useSignUpForm() {
  const { t } = useLingui();
  return useForm({
    mode: "controlled",
    initialValues: EMPTY,
    validate: {
      email: isEmail(t`Enter an e-mail address, such as ada@example.com.`),
      full_name: isNotEmpty(t`Enter your name.`),
      username: matches(USERNAME, t`3 to 32 small letters, digits or underscores.`),
      password: useNewPasswordRule(),
      ...useConsentRules(),
    },
  });
}

function Fields({ form }: { form: ReturnType<typeof useSignUpForm> }) {
  const { t } = useLingui();
  return (
    <>
      <TextInput label={t`Full name`} autoComplete="name" autoFocus {...form.getInputProps("full_name")} />
      <TextInput
        label={t`Username`}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        description={t`How teammates mention you.`}
        {...form.getInputProps("username")}
      />
      <TextInput label={t`E-mail`} type="email" autoComplete="email" {...form.getInputProps("email")} />
      <NewPasswordField label={t`Password`} {...form.getInputProps("password")} />
      <ConsentFields form={form} />
    </>
  );
}
