/** Asks before a file is taken from where it hangs: it is removed for everybody. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ConfirmDialog } from "@/components/ConfirmDialog";
import type { FileOut } from "@/lib/api/types";

interface RemoveDialogProps {
  file: FileOut;
  onRemove: () => void;
  onClose: () => void;
}

export default function RemoveDialog({ file, onRemove, onClose }: RemoveDialogProps) {
  const { t } = useLingui();
  const { name } = file;
  return (
    <ConfirmDialog
      title={t`Remove this file?`}
      action={t`Remove file`}
      isBusy={false}
      onConfirm={onRemove}
      onClose={onClose}
    >
      <Trans>“{name}” is removed for everybody. This can't be undone.</Trans>
    </ConfirmDialog>
  );
}
