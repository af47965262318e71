/** Asks once before a field of tickets and all its values are deleted. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ConfirmDialog } from "@/components/ConfirmDialog";
import type { TicketField } from "@/lib/api/types";
import { problemText } from "@/lib/problemText";
import { useDeleteField } from "../fields";

export default function DeleteFieldDialog({ field, onClose }: { field: TicketField; onClose: () => void }) {
  const { t } = useLingui();
  const remove = useDeleteField();
  const { name } = field;
  return (
    <ConfirmDialog
      title={t`Delete ${name}?`}
      action={t`Delete field`}
      isBusy={remove.isPending}
      problem={remove.error && problemText(remove.error)}
      onConfirm={() => remove.mutate(field.id, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Trans>
        Every ticket loses what stands in it, for everyone in the workspace. This can't be undone.
      </Trans>
    </ConfirmDialog>
  );
}
