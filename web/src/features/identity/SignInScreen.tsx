/** Sign in with e-mail and password. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";

import { FormProblem } from "@/components/FormProblem";
import { PublicPage } from "@/components/PublicPage";
import { TextLink } from "@/components/TextLink";
import { api } from "@/lib/api/client";
import type { Me } from "@/lib/api/types";
import { focusFirst } from "@/lib/forms";
import { meQuery } from "@/lib/session";

import { safeNext } from "./safeNext";
import { signInRefusal } from "./signInRefusal";

interface Props {
  next?: string | undefined;
  email?: string | undefined;
}

export function SignInScreen({ next, email }: Props) {
  const { t } = useLingui();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { email: email ?? "", password: "" },
    validate: {
      email: isNotEmpty(t`Enter your e-mail address.`),
      password: isNotEmpty(t`Enter your password.`),
    },
  });
  const [problem, setProblem] = useState<string | null>(null);
  const signIn = api.useMutation("post", "/sign-in");
  const enter = useEnter(next);

  const submit = form.onSubmit(
    (body) => {
      setProblem(null);
      signIn.mutate({ body }, { onSuccess: enter, onError: (error) => setProblem(signInRefusal(error)) });
    },
    (errors) => focusFirst(form, Object.keys(errors)),
  );

  return (
    <PublicPage
      title={t`Sign in`}
      footer={
        <Trans>
          New here?{" "}
          <TextLink to="/sign-up" underline="always">
            Create an account
          </TextLink>
        </Trans>
      }
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="lg">
          <FormProblem>{problem}</FormProblem>
          <TextInput
            label={t`E-mail`}
            type="email"
            autoComplete="username"
            autoFocus={!email}
            key={form.key("email")}
            {...form.getInputProps("email")}
          />
          <PasswordInput
            label={t`Password`}
            autoComplete="current-password"
            autoFocus={Boolean(email)}
            visibilityToggleButtonProps={{ "aria-label": t`Show password` }}
            key={form.key("password")}
            {...form.getInputProps("password")}
          />
          <Button type="submit" fullWidth loading={signIn.isPending}>
            <Trans>Sign in</Trans>
          </Button>
        </Stack>
      </form>
    </PublicPage>
  );
}

function useEnter(next: string | undefined): (me: Me) => void {
  const queryClient = useQueryClient();
  const router = useRouter();
  return (me) => {
    queryClient.clear();
    queryClient.setQueryData(meQuery.queryKey, me);
    router.history.push(safeNext(next));
  };
}
