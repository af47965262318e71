/** A page that a mailed link opens to do one thing. It asks first: programs that look into mail open links, too. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { ApiError } from "@/lib/api/errors";
import { useFragmentToken } from "@/lib/fragment";
import { useWait } from "@/lib/wait";

import { LinkButton } from "./LinkButton";
import { PublicPage } from "./PublicPage";
import { Refusal } from "./Refusal";

interface Props {
  title: string;
  lead: ReactNode;
  action: ReactNode;
  /** A sentence for a refusal that ends the matter, besides a link that is not valid any more. */
  over?: (error: unknown) => string | undefined;
  /** Does it, with the part of the link behind `#`. */
  run: (token: string) => Promise<unknown>;
  onDone: () => void;
}

export function MailedLinkPage({ title, lead, action, over, run, onDone }: Props) {
  const token = useFragmentToken();
  const attempt = useMutation({ mutationFn: run, onSuccess: onDone });
  const isWaiting = useWait(attempt.error) > 0;
  const end = attempt.error ? over?.(attempt.error) : undefined;
  if (token === null || end !== undefined || isOver(attempt.error)) return <LinkOver text={end} />;
  return (
    <PublicPage title={title} lead={lead}>
      <Stack gap="lg">
        <Refusal error={attempt.error} />
        <Button
          fullWidth
          loading={attempt.isPending}
          disabled={isWaiting}
          onClick={() => attempt.mutate(token)}
        >
          {action}
        </Button>
      </Stack>
    </PublicPage>
  );
}

function isOver(error: unknown): boolean {
  return error instanceof ApiError && error.code === "link-not-valid";
}

function LinkOver({ text }: { text: string | undefined }) {
  const { t } = useLingui();
  return (
    <PublicPage
      title={t`This link does not work`}
      lead={text ?? <Trans>It was used already, has expired, or was copied only in part.</Trans>}
    >
      <LinkButton to="/" variant="default">
        <Trans>Go to Wireroom</Trans>
      </LinkButton>
    </PublicPage>
  );
}
