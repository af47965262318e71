/** After signing in to the account an address belongs to: link the login that came with the same address. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { LinkButton } from "@/components/LinkButton";
import { PublicPage } from "@/components/PublicPage";
import { Refusal } from "@/components/Refusal";
import { api } from "@/lib/api/client";
import { notifyDone } from "@/lib/notify";
import { providerTitle } from "@/lib/providers";
import { useMe } from "@/lib/session";

import { loginsQuery } from "./loginsQuery";

export function LinkLoginScreen({ provider }: { provider: string | undefined }) {
  const { t } = useLingui();
  const { user } = useMe();
  const link = useLinkPending();
  const name = provider ? providerTitle(provider) : t`the new login`;
  const email = user.email;
  return (
    <PublicPage
      title={t`Link ${name}?`}
      lead={
        <Trans>
          You are signed in as <b>{email}</b>. Once it is linked, {name} signs you in to this account.
        </Trans>
      }
    >
      <Stack gap="md">
        <Refusal error={link.error} />
        <Button fullWidth loading={link.isPending} onClick={() => link.mutate({})}>
          <Trans>Link {name}</Trans>
        </Button>
        <LinkButton to="/" variant="subtle">
          <Trans>Not now</Trans>
        </LinkButton>
      </Stack>
    </PublicPage>
  );
}

function useLinkPending() {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return api.useMutation("post", "/me/logins/pending", {
    onSuccess: async ({ name }) => {
      await queryClient.invalidateQueries(loginsQuery);
      await navigate({ to: "/" });
      notifyDone(t`You can now sign in with ${name}.`);
    },
  });
}
