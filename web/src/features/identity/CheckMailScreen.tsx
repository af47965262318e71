/** After signing up: a mail is on its way, and how to have it sent again. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { useState } from "react";

import { FormProblem } from "@/components/FormProblem";
import { LinkButton } from "@/components/LinkButton";
import { LocalMailbox } from "@/components/LocalMailbox";
import { PublicPage } from "@/components/PublicPage";
import { ResendButton } from "@/components/ResendButton";
import { TextLink } from "@/components/TextLink";
import { http } from "@/lib/api/client";
import { ApiError } from "@/lib/api/errors";
import type { SignUp } from "@/lib/api/types";
import { problemText } from "@/lib/problemText";

import { pendingSignUp } from "./pendingSignUp";

const PAUSE_S = 60;

export function CheckMailScreen() {
  const { t } = useLingui();
  const [body] = useState(pendingSignUp);
  const [openedAtMs] = useState(Date.now);
  const again = useSendAgain();
  if (body === null) return <Navigate to="/sign-in" replace />;
  const email = body.email;
  return (
    <PublicPage
      title={t`Check your mail`}
      lead={
        <Trans>
          We sent a link to <b>{email}</b>. Open it to confirm that the address is yours.
        </Trans>
      }
      footer={
        <Trans>
          Wrong address?{" "}
          <TextLink to="/sign-up" underline="always">
            Start again
          </TextLink>
        </Trans>
      }
    >
      <Stack gap="md">
        <FormProblem>{again.error ? problemText(again.error) : null}</FormProblem>
        {again.isSuccess ? (
          <LinkButton to="/">
            <Trans>Continue</Trans>
          </LinkButton>
        ) : (
          <LinkButton to="/sign-in" search={{ email }}>
            <Trans>Continue to sign in</Trans>
          </LinkButton>
        )}
        <ResendButton
          availableAtMs={openedAtMs + PAUSE_S * 1000}
          pauseS={PAUSE_S}
          onPress={() => again.mutate(body)}
        >
          <Trans>Send again</Trans>
        </ResendButton>
        <Text size="sm" c="dimmed">
          <Trans>Nothing there? Look in the spam folder. The link is good for one day.</Trans>
        </Text>
        <LocalMailbox />
      </Stack>
    </PublicPage>
  );
}

/**
 * Signs in with the sign-up's own words, since only the signed-in are sent another link.
 *
 * Where the address had an account before, those words do not fit; its holder was told by mail, and this screen must
 * not tell anybody else.
 */
function useSendAgain() {
  return useMutation({
    mutationFn: async ({ email, password }: SignUp) => {
      try {
        await http.POST("/sign-in", { body: { email, password } });
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) return;
        throw error;
      }
      await http.POST("/verification-mails");
    },
  });
}
