/** The second step of signing in: a code from the app, or a backup code. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Stack, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { PublicPage } from "@/components/PublicPage";
import { Refusal } from "@/components/Refusal";
import { TextLink } from "@/components/TextLink";
import { api } from "@/lib/api/client";
import { ApiError } from "@/lib/api/errors";
import { focusFirst } from "@/lib/forms";
import { useWait } from "@/lib/wait";

import { CodeForm, isWrongCode } from "./second_factor/CodeForm";
import { useEnter } from "./useEnter";

type Way = "app" | "backup";

export function VerifyScreen({ next }: { next?: string | undefined }) {
  const { t } = useLingui();
  const [way, setWay] = useState<Way>("app");
  const search = next === undefined ? {} : { next };
  return (
    <PublicPage
      title={t`Two-step verification`}
      lead={
        way === "app" ? (
          <Trans>Type the six digits that your authenticator app shows for Wireroom.</Trans>
        ) : (
          <Trans>Type one of the backup codes you saved. Each works once.</Trans>
        )
      }
      footer={
        <TextLink to="/sign-in" search={search} underline="always">
          <Trans>Back to sign in</Trans>
        </TextLink>
      }
    >
      {way === "app" ? <AppCode next={next} /> : <BackupCode next={next} />}
      <Button variant="subtle" onClick={() => setWay(way === "app" ? "backup" : "app")}>
        {way === "app" ? <Trans>Use a backup code</Trans> : <Trans>Use the authenticator app</Trans>}
      </Button>
    </PublicPage>
  );
}

function AppCode({ next }: { next: string | undefined }) {
  const [refusals, setRefusals] = useState(0);
  const finish = useFinishSignIn(next);
  const send = (code: string) =>
    finish.mutate({ body: { code } }, { onError: () => setRefusals((before) => before + 1) });
  return (
    <Stack gap="md">
      <Refusal error={isWrongCode(finish.error) ? null : finish.error} />
      <CodeForm error={finish.error} refusals={refusals} isSending={finish.isPending} onCode={send} />
    </Stack>
  );
}

function BackupCode({ next }: { next: string | undefined }) {
  const { t } = useLingui();
  const [refused, setRefused] = useState<unknown>(null);
  const finish = useFinishSignIn(next);
  const isWaiting = useWait(refused) > 0;
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { code: "" },
    validate: { code: isNotEmpty(t`Enter a backup code.`) },
  });
  const refuse = (error: unknown) => {
    if (isWrongCode(error)) form.setFieldError("code", t`This code is not right, or was used before.`);
    else setRefused(error);
    form.getInputNode("code")?.focus();
  };
  const submit = form.onSubmit(
    (body) => {
      setRefused(null);
      finish.mutate({ body }, { onError: refuse });
    },
    (errors) => focusFirst(form, Object.keys(errors)),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <Refusal error={refused} />
        <TextInput
          label={t`Backup code`}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          key={form.key("code")}
          {...form.getInputProps("code")}
        />
        <Button type="submit" loading={finish.isPending} disabled={isWaiting}>
          <Trans>Continue</Trans>
        </Button>
      </Stack>
    </form>
  );
}

/** A sign-in that took too long begins again, on its own page and with a word about why. */
function useFinishSignIn(next: string | undefined) {
  const navigate = useNavigate();
  const enter = useEnter();
  return api.useMutation("post", "/sign-in/second-factor", {
    onSuccess: (answer) => enter(answer, next),
    onError: (error: unknown) => {
      const isOver = error instanceof ApiError && error.code === "challenge-over";
      const search = { notice: "challenge-over" as const, ...(next !== undefined && { next }) };
      if (isOver) void navigate({ to: "/sign-in", search });
    },
  });
}
