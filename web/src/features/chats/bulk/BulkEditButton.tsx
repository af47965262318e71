/** Opens the editing of all rows that are shown; what it takes is loaded then. */

import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { ListChecks } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useCan } from "@/lib/session";

const BulkEditDialog = lazy(async () => ({ default: (await import("./BulkEditDialog")).BulkEditDialog }));

export function BulkEditButton({ chatIds }: { chatIds: readonly string[] }) {
  const { t } = useLingui();
  /** Those that were shown when it was opened: an edit may change what the filter shows. */
  const [meant, setMeant] = useState<readonly string[]>();
  const mayEdit = useCan("values.edit");
  const label = t`Edit all rows shown`;
  return (
    <>
      <ActionIcon
        size={32}
        aria-label={label}
        title={label}
        disabled={!mayEdit || chatIds.length === 0}
        onClick={() => setMeant(chatIds)}
      >
        <ListChecks size={16} />
      </ActionIcon>
      <Suspense>{meant && <BulkEditDialog chatIds={meant} onClose={() => setMeant(undefined)} />}</Suspense>
    </>
  );
}
