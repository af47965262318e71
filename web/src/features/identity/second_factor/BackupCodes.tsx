/** Ten codes that each let their holder in once without the app. They are shown this one time. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Checkbox, CopyButton, Group, Stack, Text } from "@mantine/core";
import { Check, Copy, Download } from "lucide-react";
import { useState } from "react";

import classes from "./BackupCodes.module.css";
import { backupCodesFile } from "./backupCodesFile";

const FILE_NAME = "wireroom-backup-codes.txt";

interface Props {
  codes: readonly string[];
  email: string;
  onDone: () => void;
}

export function BackupCodes({ codes, email, onDone }: Props) {
  const { t } = useLingui();
  const [isSaved, setSaved] = useState(false);
  const download = `data:text/plain;charset=utf-8,${encodeURIComponent(backupCodesFile(codes, email))}`;
  return (
    <Stack gap="lg">
      <Text>
        <Trans>
          Keep these codes where you find them without your phone. Each lets you in once. They are shown only
          now.
        </Trans>
      </Text>
      <ol className={classes.codes} aria-label={t`Backup codes`}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <Group gap="sm">
        <CopyButton value={codes.join("\n")}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              leftSection={copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
              onClick={copy}
            >
              {copied ? <Trans>Copied</Trans> : <Trans>Copy</Trans>}
            </Button>
          )}
        </CopyButton>
        <Button
          component="a"
          href={download}
          download={FILE_NAME}
          variant="default"
          leftSection={<Download size={16} aria-hidden />}
        >
          <Trans>Download .txt</Trans>
        </Button>
      </Group>
      <Checkbox
        label={t`I saved them`}
        checked={isSaved}
        onChange={(event) => setSaved(event.currentTarget.checked)}
      />
      <Group justify="flex-end">
        <Button onClick={onDone} disabled={!isSaved}>
          <Trans>Done</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
