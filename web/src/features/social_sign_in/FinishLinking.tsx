/** Redeem what a provider sent back for somebody who is signed in and wants to link it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { LinkButton } from "@/components/LinkButton";
import { PublicPage } from "@/components/PublicPage";
import { Refusal } from "@/components/Refusal";
import { LoadingRows } from "@/components/StateBlock";
import { api } from "@/lib/api/client";
import { notifyDone } from "@/lib/notify";
import { providerTitle } from "@/lib/providers";

import { loginsQuery } from "./loginsQuery";
import { useOnce } from "./useOnce";

interface Props {
  provider: string;
  code: string;
  state: string;
}

export function FinishLinking({ provider, code, state }: Props) {
  const { t } = useLingui();
  const name = providerTitle(provider);
  const finish = useFinishLinking(name);
  useOnce(() => finish.mutate({ params: { path: { provider } }, body: { code, state } }));
  if (!finish.isError) {
    return (
      <PublicPage title={t`Linking ${name}`}>
        <LoadingRows rows={1} height={36} />
      </PublicPage>
    );
  }
  return (
    <PublicPage title={t`${name} is not linked`}>
      <Stack gap="lg">
        <Refusal error={finish.error} />
        <LinkButton to="/settings/$page" params={{ page: "security" }}>
          <Trans>Back to security settings</Trans>
        </LinkButton>
      </Stack>
    </PublicPage>
  );
}

function useFinishLinking(name: string) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return api.useMutation("post", "/me/logins/{provider}/finish", {
    onSuccess: async () => {
      await queryClient.invalidateQueries(loginsQuery);
      await navigate({ to: "/settings/$page", params: { page: "security" } });
      notifyDone(t`You can now sign in with ${name}.`);
    },
  });
}
