/** Delete the workspace: with seven days to take it back, or now. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Radio, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { ProofDialog } from "@/features/identity/proof/ProofDialog";
import { meQuery, useWorkspace } from "@/lib/session";

import { deleteWorkspace } from "../deletion/deleteWorkspace";

type When = "later" | "now";

export function DeleteWorkspaceDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const { id, name } = useWorkspace();
  const client = useQueryClient();
  const [when, setWhen] = useState<When>("later");
  return (
    <ProofDialog
      opened
      onClose={onClose}
      title={<Trans>Delete {name}?</Trans>}
      typed={name}
      isDangerous
      action={when === "now" ? <Trans>Erase workspace now</Trans> : <Trans>Delete workspace</Trans>}
      run={async (proof) => {
        await deleteWorkspace(id, { name, now: when === "now", proof });
        await client.invalidateQueries({ queryKey: meQuery.queryKey });
      }}
    >
      <Radio.Group label={t`When`} value={when} onChange={(next) => setWhen(next as When)}>
        <Stack gap="sm" mt="xs">
          <Radio
            value="later"
            label={t`In 7 days`}
            description={t`Until then nobody can open it, and an Owner can undo this.`}
          />
          <Radio value="now" label={t`Now`} description={t`Erasing begins at once. There is no way back.`} />
        </Stack>
      </Radio.Group>
    </ProofDialog>
  );
}
