/** A sign-in with a provider that came to nothing: why, and the way to begin again. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Stack } from "@mantine/core";

import { LinkButton } from "@/components/LinkButton";
import { PublicPage } from "@/components/PublicPage";
import { Refusal } from "@/components/Refusal";

export function BeginAgain({ error }: { error: unknown }) {
  const { t } = useLingui();
  return (
    <PublicPage title={t`You are not signed in`}>
      <Stack gap="lg">
        <Refusal error={error} />
        <LinkButton to="/sign-in">
          <Trans>Begin again</Trans>
        </LinkButton>
      </Stack>
    </PublicPage>
  );
}
