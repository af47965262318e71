/** With whom the person can sign in, besides e-mail and password. Nothing where this installation offers nobody. */

import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";

import { SettingsSection } from "@/components/SettingsSection";
import { ErrorState, LoadingRows } from "@/components/StateBlock";

import { LoginRow } from "./LoginRow";
import { loginsQuery } from "./loginsQuery";
import { providersQuery } from "./providersQuery";

export function LoginsSection() {
  const providers = useQuery(providersQuery);
  if (providers.data?.providers.length === 0) return null;
  return (
    <SettingsSection
      title={<Trans>Sign-in providers</Trans>}
      lead={
        <Trans>
          Companies that may tell Wireroom that it is you. They learn nothing of what you do here.
        </Trans>
      }
    >
      <Logins />
    </SettingsSection>
  );
}

function Logins() {
  const providers = useQuery(providersQuery);
  const logins = useQuery(loginsQuery);
  const failed = [providers, logins].find((query) => query.isError);
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!providers.data || !logins.data) return <LoadingRows rows={2} height={48} />;
  const held = logins.data.logins;
  return (
    <div>
      {providers.data.providers.map(({ id, name }) => (
        <LoginRow key={id} id={id} name={name} login={held.find((each) => each.provider === id)} />
      ))}
    </div>
  );
}
