/** The link of the letter to a new address: move the account there. Only its own person can. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Stack } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { LinkButton } from "@/components/LinkButton";
import { PublicPage } from "@/components/PublicPage";
import { Refusal } from "@/components/Refusal";
import { LoadingRows } from "@/components/StateBlock";
import { api } from "@/lib/api/client";
import { ApiError } from "@/lib/api/errors";
import { useFragmentToken } from "@/lib/fragment";
import { heldToken, holdToken } from "@/lib/heldToken";
import { meQuery } from "@/lib/session";

export function ConfirmMoveScreen() {
  const { t } = useLingui();
  const fromLink = useFragmentToken();
  const [token] = useState(() => fromLink ?? heldToken("move"));
  const me = useQuery({ ...meQuery, retry: false });
  if (token === null) return <LinkOver />;
  if (me.isPending) {
    return (
      <PublicPage title={t`Your new e-mail address`}>
        <LoadingRows rows={1} height={36} />
      </PublicPage>
    );
  }
  if (me.isError) return <SignInFirst token={token} />;
  return <Move token={token} from={me.data.user.email} />;
}

function SignInFirst({ token }: { token: string }) {
  const { t } = useLingui();
  return (
    <PublicPage
      title={t`Your new e-mail address`}
      lead={<Trans>Sign in to the account that is to move here, with its old address.</Trans>}
    >
      <LinkButton to="/sign-in" search={{ next: "/confirm-move" }} onClick={() => holdToken("move", token)}>
        <Trans>Sign in to confirm</Trans>
      </LinkButton>
    </PublicPage>
  );
}

function Move({ token, from }: { token: string; from: string }) {
  const { t } = useLingui();
  const move = useMove();
  const isOver = move.error instanceof ApiError && move.error.code === "link-not-valid";
  if (isOver) return <LinkOver />;
  if (move.data) return <Moved email={move.data.email} />;
  return (
    <PublicPage
      title={t`Your new e-mail address`}
      lead={
        <Trans>
          You are signed in as <b>{from}</b>. Confirm that your account is to move to the address this link
          was sent to.
        </Trans>
      }
    >
      <Stack gap="md">
        <Refusal error={move.error} />
        <Button fullWidth loading={move.isPending} onClick={() => move.mutate({ body: { token } })}>
          <Trans>Move my account</Trans>
        </Button>
        <LinkButton to="/" variant="subtle">
          <Trans>Not now</Trans>
        </LinkButton>
      </Stack>
    </PublicPage>
  );
}

function Moved({ email }: { email: string }) {
  const { t } = useLingui();
  return (
    <PublicPage
      title={t`Your account has moved`}
      lead={
        <Trans>
          From now on you sign in with <b>{email}</b>.
        </Trans>
      }
    >
      <LinkButton to="/">
        <Trans>Continue</Trans>
      </LinkButton>
    </PublicPage>
  );
}

function LinkOver() {
  const { t } = useLingui();
  return (
    <PublicPage
      title={t`This link does not work`}
      lead={
        <Trans>
          It belongs to another account, was used already, or has expired. Ask for a new one in your security
          settings.
        </Trans>
      }
    >
      <LinkButton to="/settings/$page" params={{ page: "security" }}>
        <Trans>Open security settings</Trans>
      </LinkButton>
    </PublicPage>
  );
}

function useMove() {
  const queryClient = useQueryClient();
  return api.useMutation("post", "/me/email/confirm", {
    onSuccess: () => {
      holdToken("move", null);
      void queryClient.invalidateQueries(meQuery);
    },
  });
}
