/** A short technical text with a button that copies it. */

import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Code, CopyButton, Group, Text } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import type { ReactNode } from "react";

import classes from "./CopyText.module.css";

export function CopyText({ label, text }: { label: ReactNode; text: string }) {
  const { t } = useLingui();
  return (
    <Group gap="xs" mt="sm" justify="center" wrap="nowrap">
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Code className={classes.text}>{text}</Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <ActionIcon size={24} onClick={copy} aria-label={copied ? t`Copied` : t`Copy`} title={t`Copy`}>
            {copied ? <Check size={14} /> : <Copy size={14} />}
          </ActionIcon>
        )}
      </CopyButton>
    </Group>
  );
}
