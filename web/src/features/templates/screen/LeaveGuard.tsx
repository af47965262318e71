/** Asks before what was written and not saved is left behind: in the app, and when the tab closes. */

import { Trans, useLingui } from "@lingui/react/macro";
import { useBlocker } from "@tanstack/react-router";
import { ConfirmDialog } from "@/components/ConfirmDialog";

export function LeaveGuard({ isDirty }: { isDirty: boolean }) {
  const { t } = useLingui();
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: () => isDirty,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  if (status !== "blocked") return null;
  return (
    <ConfirmDialog
      title={t`Leave without saving?`}
      action={t`Leave`}
      isBusy={false}
      onConfirm={proceed}
      onClose={reset}
    >
      <Trans>What you changed in this template is not saved.</Trans>
    </ConfirmDialog>
  );
}
