/** The link of the confirmation mail. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { LinkButton } from "@/components/LinkButton";
import { PublicPage } from "@/components/PublicPage";
import { LoadingRows } from "@/components/StateBlock";
import { api } from "@/lib/api/client";
import { ApiError, isPassing } from "@/lib/api/errors";
import { useFragmentToken } from "@/lib/fragment";
import { problemText } from "@/lib/problemText";
import { meQuery } from "@/lib/session";

export function ConfirmScreen() {
  const { t } = useLingui();
  const token = useFragmentToken();
  const { confirm, status, email, error } = useConfirm(token);
  if (status === "done") {
    return (
      <PublicPage
        title={t`E-mail confirmed`}
        lead={<Trans>{email} is yours. You can use all of Wireroom now.</Trans>}
      >
        <LinkButton to="/">
          <Trans>Continue</Trans>
        </LinkButton>
      </PublicPage>
    );
  }
  if (status === "pending") {
    return (
      <PublicPage title={t`Confirming your e-mail`}>
        <LoadingRows rows={1} height={36} />
      </PublicPage>
    );
  }
  if (error instanceof ApiError && error.status === 401) {
    return (
      <PublicPage
        title={t`Sign in first`}
        lead={<Trans>This address is confirmed where you are signed in. Then open the link once more.</Trans>}
      >
        <LinkButton to="/sign-in">
          <Trans>Sign in</Trans>
        </LinkButton>
      </PublicPage>
    );
  }
  return (
    <PublicPage
      title={t`This link does not work`}
      lead={
        error && isPassing(error) ? (
          problemText(error)
        ) : (
          <Trans>
            It was used already, has expired, or was copied only in part. Sign in to have a new one sent.
          </Trans>
        )
      }
    >
      <Stack gap="md">
        {error && isPassing(error) && (
          <Button onClick={confirm}>
            <Trans>Try again</Trans>
          </Button>
        )}
        <LinkButton to="/" variant="default">
          <Trans>Go to Wireroom</Trans>
        </LinkButton>
      </Stack>
    </PublicPage>
  );
}

function useConfirm(token: string | null) {
  const queryClient = useQueryClient();
  const verify = api.useMutation("post", "/verify-email", {
    onSuccess: () => queryClient.removeQueries({ queryKey: meQuery.queryKey }),
  });
  const hasStarted = useRef(false);
  const confirm = () => token !== null && verify.mutate({ body: { token } });
  useEffect(() => {
    if (hasStarted.current) return;
    hasStarted.current = true;
    confirm();
  });
  const isWaiting = token !== null && (verify.isIdle || verify.isPending);
  const status = verify.isSuccess ? "done" : isWaiting ? "pending" : "refused";
  return { confirm, status, email: verify.data?.email, error: verify.error } as const;
}
