/** Assigning many chats among members: in turn, or to who has the fewest. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Checkbox, Group, Radio, Stack } from "@mantine/core";
import { useState } from "react";
import type { BulkEdit, ColumnOption } from "@/lib/api/types";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { type Sharing, useShareOut } from "./bulkEdits";

interface ShareOutProps {
  chatIds: readonly string[];
  people: readonly ColumnOption[];
  onBegun: (edits: BulkEdit[]) => void;
}

export function ShareOut({ chatIds, people, onBegun }: ShareOutProps) {
  const { t } = useLingui();
  const [among, setAmong] = useState<string[]>([]);
  const [how, setHow] = useState<Sharing>("round_robin");
  const share = useShareOut();
  const apply = () =>
    share.mutate(
      { chatIds, among, how },
      { onSuccess: onBegun, onError: (error) => notifyProblem(problemText(error)) },
    );
  return (
    <Stack gap="md">
      <Checkbox.Group
        label={t`Among`}
        description={t`Each gets only chats of accounts they are connected to.`}
        value={among}
        onChange={setAmong}
      >
        <Stack gap="xs" mt="xs">
          {people.map(({ id, name }) => (
            <Checkbox key={id} value={id} label={name} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Radio.Group label={t`How`} value={how} onChange={(picked) => setHow(picked as Sharing)}>
        <Stack gap="xs" mt="xs">
          <Radio value="round_robin" label={t`In turn`} />
          <Radio value="least_loaded" label={t`To who has the fewest chats`} />
        </Stack>
      </Radio.Group>
      <Group justify="flex-end">
        <Button disabled={among.length === 0} loading={share.isPending} onClick={apply}>
          <Trans>Share out</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
