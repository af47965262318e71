/** An invitation's link, to be copied: it is shown this once. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, CopyButton, Group, Stack, Text, TextInput } from "@mantine/core";
import { Check, Copy } from "lucide-react";

import type { NewInvite } from "@/lib/api/types";

export function MadeLink({ invite, onDone }: { invite: NewInvite; onDone: () => void }) {
  const { t } = useLingui();
  const email = invite.email;
  return (
    <Stack gap="lg">
      <Text>
        {email === null ? (
          <Trans>Send this link to your teammate. It is shown only now, works once and for 7 days.</Trans>
        ) : (
          <Trans>It was mailed to {email}, and works for nobody else. It is shown only now.</Trans>
        )}
      </Text>
      <TextInput
        label={t`Invitation link`}
        value={invite.link}
        readOnly
        onFocus={(event) => event.target.select()}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          <Trans>Done</Trans>
        </Button>
        <CopyButton value={invite.link}>
          {({ copied, copy }) => (
            <Button
              leftSection={copied ? <Check size={16} /> : <Copy size={16} />}
              onClick={copy}
              data-autofocus
            >
              {copied ? <Trans>Copied</Trans> : <Trans>Copy link</Trans>}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Stack>
  );
}
