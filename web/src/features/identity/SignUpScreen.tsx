/** Make an account. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Checkbox, PasswordInput, Stack, TextInput } from "@mantine/core";
import { hasLength, isEmail, isNotEmpty, matches, useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";

import { FormProblem } from "@/components/FormProblem";
import { PublicPage } from "@/components/PublicPage";
import { TextLink } from "@/components/TextLink";
import { api } from "@/lib/api/client";
import type { SignUp } from "@/lib/api/types";
import { focusFirst, showProblem } from "@/lib/forms";

import { PasswordStrength } from "./PasswordStrength";
import { MAX_LENGTH, MIN_LENGTH, ownWords, strengthOf } from "./passwordStrength";
import { holdSignUp } from "./pendingSignUp";
import { USERNAME } from "./username";

const EMPTY = { email: "", full_name: "", username: "", password: "", accept_terms: false };

export function SignUpScreen() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const form = useSignUpForm();
  const [problem, setProblem] = useState<string | null>(null);
  const signUp = api.useMutation("post", "/sign-up");

  const submit = form.onSubmit(
    (values) => {
      setProblem(null);
      const body: SignUp = { ...values, accept_terms: true };
      const onSuccess = () => {
        holdSignUp(body);
        void navigate({ to: "/check-mail" });
      };
      signUp.mutate({ body }, { onSuccess, onError: (error) => setProblem(showProblem(form, error)) });
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
          <FormProblem>{problem}</FormProblem>
          <Fields form={form} />
          <Button type="submit" fullWidth loading={signUp.isPending}>
            <Trans>Create account</Trans>
          </Button>
        </Stack>
      </form>
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
      password: hasLength(
        { min: MIN_LENGTH, max: MAX_LENGTH },
        t`At least ${MIN_LENGTH} and at most ${MAX_LENGTH} characters.`,
      ),
      accept_terms: (accepted) => (accepted ? null : t`Wireroom needs your consent to the terms.`),
    },
  });
}

function Fields({ form }: { form: ReturnType<typeof useSignUpForm> }) {
  const { t } = useLingui();
  const hintId = useId();
  const { full_name, username, email, password } = form.values;
  const strength = strengthOf(password, ownWords(full_name, username, email));
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
      <div>
        <PasswordInput
          label={t`Password`}
          autoComplete="new-password"
          aria-describedby={hintId}
          visibilityToggleButtonProps={{ "aria-label": t`Show password` }}
          {...form.getInputProps("password")}
        />
        <PasswordStrength strength={strength} id={hintId} />
      </div>
      <Checkbox
        label={t`I am 16 or older and accept the terms and the privacy notice.`}
        {...form.getInputProps("accept_terms", { type: "checkbox" })}
      />
    </>
  );
}
