/** Second step: scan the key with the app, and show by a code that it arrived. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Stack, Text } from "@mantine/core";
import { useState } from "react";

import { CopyText } from "@/components/CopyText";
import { QrCode } from "@/components/QrCode";
import { Refusal } from "@/components/Refusal";
import { api } from "@/lib/api/client";
import type { FactorSetup } from "@/lib/api/types";

import { CodeForm, isWrongCode } from "./CodeForm";
import classes from "./ConnectAppStep.module.css";

const QR_PX = 200;

interface Props {
  setup: FactorSetup;
  onConnected: (codes: readonly string[]) => void;
}

export function ConnectAppStep({ setup, onConnected }: Props) {
  const { t } = useLingui();
  const [refusals, setRefusals] = useState(0);
  const connect = api.useMutation("post", "/me/second-factor", {
    onSuccess: ({ backup_codes }) => onConnected(backup_codes),
    onError: () => setRefusals((before) => before + 1),
  });
  return (
    <Stack gap="lg">
      <Refusal error={isWrongCode(connect.error) ? null : connect.error} />
      <Text>
        <Trans>Scan this with your authenticator app, or type the key into it.</Trans>
      </Text>
      <Stack gap={0} align="center">
        <div className={classes.frame}>
          <QrCode text={setup.uri} size={QR_PX} label={t`QR code to scan with your authenticator app`} />
        </div>
        <CopyText label={<Trans>Key</Trans>} text={setup.secret} />
        {/* A phone can't scan what it shows. */}
        <Anchor href={setup.uri} hiddenFrom="sm" mt="sm" underline="always">
          <Trans>Open it in an app on this phone</Trans>
        </Anchor>
      </Stack>
      <Text ta="center">
        <Trans>Then type the six digits it shows.</Trans>
      </Text>
      <CodeForm
        error={connect.error}
        refusals={refusals}
        isSending={connect.isPending}
        onCode={(code) => connect.mutate({ body: { code } })}
      />
    </Stack>
  );
}
