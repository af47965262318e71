/** Choosing the file: by the button, or dropped; it is read on the server. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { ProgressBar } from "@/components/ProgressBar";
import { Refusal } from "@/components/Refusal";
import { DropArea } from "@/features/files/DropArea";
import type { BegunImport } from "@/lib/api/types";
import { useBeginImport } from "./imports";

const TAKEN = ".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values";
const MOST_BYTES = 20 * 1024 * 1024;

export function FileStep({ onBegun }: { onBegun: (begun: BegunImport) => void }) {
  const { t } = useLingui();
  const begin = useBeginImport();
  const [part, setPart] = useState(0);
  const [misfit, setMisfit] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const start = (files: Iterable<File>) => {
    const [file] = files;
    if (!file || begin.isPending) return;
    const found = misfitOf(file);
    setMisfit(found);
    if (found) return;
    running.current = new AbortController();
    const { signal } = running.current;
    setPart(0);
    begin.mutate(
      { file, onProgress: setPart, signal },
      { onSuccess: (begun) => !signal.aborted && onBegun(begun) },
    );
  };
  const misfitOf = ({ size }: File) => {
    if (size === 0) return t`This file is empty. Choose another one.`;
    return size > MOST_BYTES ? t`A file to import has at most 20 MB.` : undefined;
  };
  return (
    <DropArea onFiles={start} words={<Trans>Drop the file here</Trans>}>
      <Stack gap="md">
        <Text size="sm">
          <Trans>
            Each row is for one chat, found by its Telegram username or its ID. The first line names the
            columns. Up to 100,000 rows and 20 MB, in UTF-8 or UTF-16.
          </Trans>
        </Text>
        <Refusal error={begin.error ?? null} />
        {misfit && <Text role="alert">{misfit}</Text>}
        {begin.isPending && <ProgressBar label={t`Uploading the file`} part={part} />}
        <input
          ref={field}
          type="file"
          hidden
          accept={TAKEN}
          aria-label={t`CSV file`}
          onChange={(event) => {
            start([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = "";
          }}
        />
        <Group justify="flex-end">
          <Button data-autofocus loading={begin.isPending} onClick={() => field.current?.click()}>
            <Trans>Choose a file</Trans>
          </Button>
        </Group>
      </Stack>
    </DropArea>
  );
}
