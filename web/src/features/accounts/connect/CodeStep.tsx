/** Type the login code that Telegram sent. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Group, Stack, Text } from "@mantine/core";
import { useId, useState } from "react";

import { CodeBoxes } from "@/components/CodeBoxes";
import { ResendButton } from "@/components/ResendButton";
import type { ApiError } from "@/lib/api/errors";
import { problemText } from "@/lib/problemText";

import { BackButton } from "./BackButton";
import { DemoPhoneLink } from "./DemoPhoneLink";
import type { CodeSent } from "./loginFlow";
import type { LoginActions } from "./useLogin";

const PAUSE_S = 60;

interface Props {
  sent: CodeSent;
  refusal: ApiError | null;
  actions: LoginActions;
}

export function CodeStep({ sent, refusal, actions }: Props) {
  const { t } = useLingui();
  const errorId = useId();
  const [isSending, setSending] = useState(false);
  const send = async (code: string) => {
    setSending(true);
    await actions.sendCode(code);
    setSending(false);
  };
  return (
    <Stack gap="lg" align="center">
      <Where sent={sent} />
      <CodeBoxes
        // A refused code leaves empty boxes with the focus in the first.
        key={refusal ? refusal.message + sent.resendAtMs : "first"}
        length={sent.length}
        label={t`Login code`}
        digitLabel={(digit) => t`Digit ${digit} of the login code`}
        errorId={refusal ? errorId : undefined}
        isReadOnly={isSending}
        onCode={(code) => void send(code)}
      />
      {refusal && (
        <Text id={errorId} c="red" size="sm" role="alert">
          {problemText(refusal)}
        </Text>
      )}
      <Group>
        <BackButton onClick={actions.startOver} />
        <ResendButton
          availableAtMs={sent.resendAtMs}
          pauseS={PAUSE_S}
          onPress={() => void actions.sendPhone(sent.phone)}
        >
          <Trans>Send again</Trans>
        </ResendButton>
      </Group>
      <DemoPhoneLink />
    </Stack>
  );
}

function Where({ sent }: { sent: CodeSent }) {
  const phone = <b className="tabular">{sent.phone}</b>;
  return (
    <Text ta="center">
      {sent.where === "app" && <Trans>Telegram sent a code to the Telegram app of {phone}.</Trans>}
      {sent.where === "sms" && <Trans>Telegram sent a code by SMS to {phone}.</Trans>}
      {sent.where === "call" && <Trans>Telegram calls {phone} and tells you a code.</Trans>}
    </Text>
  );
}
