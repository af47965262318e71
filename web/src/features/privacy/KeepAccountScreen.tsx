/** The link of the letter about a deletion: take it back. */

import { Trans, useLingui } from "@lingui/react/macro";

import { MailedLinkPage } from "@/components/MailedLinkPage";
import { http } from "@/lib/api/client";
import { ApiError } from "@/lib/api/errors";

import { useLeave } from "./useLeave";

export function KeepAccountScreen() {
  const { t } = useLingui();
  const leave = useLeave();
  return (
    <MailedLinkPage
      title={t`Keep your account?`}
      lead={
        <Trans>
          Its deletion is then taken back. Telegram accounts that were disconnected have to be connected
          again.
        </Trans>
      }
      action={<Trans>Keep my account</Trans>}
      over={(error) => (isBegun(error) ? t`Erasing has begun; there is no way back.` : undefined)}
      run={(token) => http.POST("/deletions/undo", { body: { token } })}
      onDone={() => void leave("restored")}
    />
  );
}

function isBegun(error: unknown): boolean {
  return error instanceof ApiError && error.code === "erasing-begun";
}
