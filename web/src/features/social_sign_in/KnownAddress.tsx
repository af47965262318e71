/** The address has an account: who signs in to that one may link the new login to it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Text } from "@mantine/core";

import { LinkButton } from "@/components/LinkButton";
import { PublicPage } from "@/components/PublicPage";
import { providerTitle } from "@/lib/providers";

interface Props {
  provider: string | undefined;
  email: string;
}

export function KnownAddress({ provider, email }: Props) {
  const { t } = useLingui();
  const name = provider ? providerTitle(provider) : t`the new login`;
  const next = provider ? `/link-login?provider=${provider}` : "/link-login";
  return (
    <PublicPage
      title={t`You have an account already`}
      lead={
        <Trans>
          <b>{email}</b> belongs to an account that {name} is not linked to yet.
        </Trans>
      }
    >
      <Text>
        <Trans>Sign in to it the way you did before. Then you can link {name} and use it from then on.</Trans>
      </Text>
      <LinkButton to="/sign-in" search={{ email, next }}>
        <Trans>Sign in to link it</Trans>
      </LinkButton>
    </PublicPage>
  );
}
