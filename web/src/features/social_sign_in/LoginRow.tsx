/** One provider: linked or not, and the way from one to the other. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";

import { SettingsRow } from "@/components/SettingsRow";
import type { Login } from "@/lib/api/types";
import { useMinuteMs } from "@/lib/clock";
import { Moment } from "@/lib/time";

import { LinkDialog } from "./LinkDialog";
import { ProviderMark } from "./ProviderMark";
import { UnlinkDialog } from "./UnlinkDialog";

interface Props {
  id: string;
  name: string;
  login: Login | undefined;
}

export function LoginRow({ id, name, login }: Props) {
  const { t } = useLingui();
  const nowMs = useMinuteMs();
  const [isLinking, link] = useDisclosure(false);
  const [isUnlinking, unlink] = useDisclosure(false);
  return (
    <SettingsRow
      icon={<ProviderMark provider={id} size={20} />}
      title={name}
      action={
        <Button
          variant="default"
          onClick={login ? unlink.open : link.open}
          aria-label={login ? t`Unlink ${name}` : t`Link ${name}`}
        >
          {login ? <Trans>Unlink</Trans> : <Trans>Link</Trans>}
        </Button>
      }
    >
      {login ? (
        <>
          {login.email ?? <Trans>Linked</Trans>} · <Trans>since</Trans>{" "}
          <Moment at={login.linked_at} nowMs={nowMs} />
        </>
      ) : (
        <Trans>Not linked</Trans>
      )}
      <LinkDialog id={id} name={name} opened={isLinking} onClose={link.close} />
      <UnlinkDialog id={id} name={name} opened={isUnlinking} onClose={unlink.close} />
    </SettingsRow>
  );
}
