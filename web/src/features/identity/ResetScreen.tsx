/** The link of the reset mail: a password to have from now on. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { LinkButton } from "@/components/LinkButton";
import { PublicPage } from "@/components/PublicPage";
import { Refusal } from "@/components/Refusal";
import { api } from "@/lib/api/client";
import { ApiError } from "@/lib/api/errors";
import { focusFirst, showProblem } from "@/lib/forms";
import { useFragmentToken } from "@/lib/fragment";
import { forgetRows } from "@/lib/kept/leave";
import { useWait } from "@/lib/wait";
import { NewPasswordField } from "./NewPasswordField";
import { useNewPasswordRule } from "./newPassword";

export function ResetScreen() {
  const token = useFragmentToken();
  const [isOver, setOver] = useState(false);
  if (token === null || isOver) return <LinkOver />;
  return <NewPassword token={token} onOver={() => setOver(true)} />;
}

function LinkOver() {
  const { t } = useLingui();
  return (
    <PublicPage
      title={t`This link does not work`}
      lead={<Trans>It is older than 30 minutes, was used already, or a newer one was sent.</Trans>}
    >
      <LinkButton to="/forgot">
        <Trans>Send a new link</Trans>
      </LinkButton>
    </PublicPage>
  );
}

function NewPassword({ token, onOver }: { token: string; onOver: () => void }) {
  const { t } = useLingui();
  const [refused, setRefused] = useState<unknown>(null);
  const isWaiting = useWait(refused) > 0;
  const finish = useFinishReset();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { password: "" },
    validate: { password: useNewPasswordRule() },
  });
  const refuse = (error: unknown) => {
    if (error instanceof ApiError && error.code === "link-not-valid") onOver();
    else setRefused(showProblem(form, error) === null ? null : error);
  };
  const submit = form.onSubmit(
    ({ password }) => {
      setRefused(null);
      finish.mutate({ body: { token, password } }, { onError: refuse });
    },
    (errors) => focusFirst(form, Object.keys(errors)),
  );
  return (
    <PublicPage
      title={t`Set a new password`}
      lead={<Trans>You are then signed out everywhere, and sign in with it.</Trans>}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="lg">
          <Refusal error={refused} />
          <NewPasswordField
            label={t`New password`}
            autoFocus
            key={form.key("password")}
            {...form.getInputProps("password")}
          />
          <Button type="submit" fullWidth loading={finish.isPending} disabled={isWaiting}>
            <Trans>Set password</Trans>
          </Button>
        </Stack>
      </form>
    </PublicPage>
  );
}

function useFinishReset() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return api.useMutation("post", "/password-resets/finish", {
    onSuccess: () => {
      queryClient.clear();
      forgetRows();
      return navigate({ to: "/sign-in", search: { notice: "password-reset" } });
    },
  });
}
