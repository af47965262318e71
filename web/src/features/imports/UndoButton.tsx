/** Takes an import back, while it can be. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import type { ImportOut } from "@/lib/api/types";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useUndoImport } from "./imports";

export function UndoButton({ imported }: { imported: ImportOut }) {
  const { t } = useLingui();
  const undo = useUndoImport(imported.id);
  if (imported.undo_until === null) return null;
  return (
    <Button
      variant="default"
      aria-label={t`Undo the import of ${imported.file_name}`}
      loading={undo.isPending}
      onClick={() => undo.mutate(undefined, { onError: (error) => notifyProblem(problemText(error)) })}
    >
      <Trans>Undo</Trans>
    </Button>
  );
}
