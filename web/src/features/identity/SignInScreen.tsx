/** Sign in with e-mail and password. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Group, Stack, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { Info } from "lucide-react";
import type { ReactNode } from "react";

import { PasswordField } from "@/components/PasswordField";
import { PublicPage } from "@/components/PublicPage";
import { Refusal } from "@/components/Refusal";
import { TextLink } from "@/components/TextLink";
import { api } from "@/lib/api/client";
import { ApiError } from "@/lib/api/errors";
import { focusFirst } from "@/lib/forms";
import { useWait } from "@/lib/wait";

import { useNoticeText } from "./noticeText";
import type { SignInNotice } from "./signInNotices";
import { useEnter } from "./useEnter";

interface Props {
  next?: string | undefined;
  email?: string | undefined;
  notice?: SignInNotice | undefined;
  /** Other ways in, below the form. */
  providers?: ReactNode;
}

export function SignInScreen({ next, email, notice, providers }: Props) {
  const { t } = useLingui();
  const noticeText = useNoticeText();
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
      {notice && (
        <Alert role="status" color="brand" icon={<Info size={18} aria-hidden />}>
          {noticeText(notice)}
        </Alert>
      )}
      <SignInForm next={next} email={email} />
      {providers}
    </PublicPage>
  );
}

function SignInForm({ next, email }: Pick<Props, "next" | "email">) {
  const { t } = useLingui();
  const enter = useEnter();
  const signIn = api.useMutation("post", "/sign-in", { onSuccess: (answer) => enter(answer, next) });
  const isWaiting = useWait(signIn.error) > 0;
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { email: email ?? "", password: "" },
    validate: {
      email: isNotEmpty(t`Enter your e-mail address.`),
      password: isNotEmpty(t`Enter your password.`),
    },
  });
  const submit = form.onSubmit(
    (body) => signIn.mutate({ body }),
    (errors) => focusFirst(form, Object.keys(errors)),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <Refusal
          error={signIn.error}
          text={isWrong(signIn.error) ? t`This e-mail and password do not match.` : undefined}
        />
        <TextInput
          label={t`E-mail`}
          type="email"
          autoComplete="username"
          autoFocus={!email}
          key={form.key("email")}
          {...form.getInputProps("email")}
        />
        <PasswordField
          label={t`Password`}
          autoComplete="current-password"
          autoFocus={Boolean(email)}
          key={form.key("password")}
          {...form.getInputProps("password")}
        />
        <Button type="submit" fullWidth loading={signIn.isPending} disabled={isWaiting}>
          <Trans>Sign in</Trans>
        </Button>
        <Group justify="center">
          <TextLink to="/forgot" underline="always">
            <Trans>Forgot your password?</Trans>
          </TextLink>
        </Group>
      </Stack>
    </form>
  );
}

/** One sentence for a wrong address and a wrong password: neither says whether the address is known. */
function isWrong(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}
