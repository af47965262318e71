/** An invitation that cannot be used, why, and the next step. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { CopyText } from "@/components/CopyText";
import { LinkButton } from "@/components/LinkButton";
import { PublicPage } from "@/components/PublicPage";
import { api } from "@/lib/api/client";
import { ApiError } from "@/lib/api/errors";
import { forgetRows } from "@/lib/kept/leave";
import { notifyProblem } from "@/lib/notify";
import { problemText, requestIdOf } from "@/lib/problemText";

import { holdInvite } from "./heldInvite";
import { refusedInvites, workspaceOf } from "./refusals";

interface Props {
  error: unknown;
  /** Of the link, to come back to; null where the link has none. */
  token: string | null;
  onRetry: () => void;
}

export function InviteRefused({ error, token, onRetry }: Props) {
  const { t, i18n } = useLingui();
  const refused = error instanceof ApiError ? refusedInvites[error.code] : undefined;
  const requestId = refused ? undefined : requestIdOf(error);
  return (
    <PublicPage title={refused ? i18n._(refused.title) : t`This invitation cannot be used`}>
      <Text c="dimmed">{refused ? i18n._(refused.text) : problemText(error)}</Text>
      {requestId && <CopyText label={<Trans>Request</Trans>} text={requestId} />}
      <Next error={error} token={token} onRetry={onRetry} />
      <LinkButton to="/" variant={refused?.next === "home" ? "default" : "subtle"}>
        <Trans>Go to Wireroom</Trans>
      </LinkButton>
    </PublicPage>
  );
}

function Next({ error, token, onRetry }: Props) {
  const next = error instanceof ApiError ? refusedInvites[error.code]?.next : "retry";
  if (next === "open-workspace") return <OpenWorkspace error={error} />;
  if (next === "other-account" && token !== null) return <OtherAccount token={token} />;
  if (next === "home") return null;
  return (
    <Button onClick={onRetry}>
      <Trans>Try again</Trans>
    </Button>
  );
}

function OpenWorkspace({ error }: { error: unknown }) {
  const ws = error instanceof ApiError ? workspaceOf(error.standing) : undefined;
  if (ws === undefined) return null;
  return (
    <LinkButton to="/w/$ws" params={{ ws }}>
      <Trans>Open the workspace</Trans>
    </LinkButton>
  );
}

/** Ends this session; the invitation waits in the tab for whoever signs in next. */
function OtherAccount({ token }: { token: string }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const signOut = api.useMutation("post", "/sign-out", {
    onSuccess: async () => {
      holdInvite(token);
      await navigate({ to: "/sign-in", search: { next: "/invite" } });
      forgetRows();
      client.clear();
    },
    onError: (error) => notifyProblem(problemText(error)),
  });
  return (
    <Button onClick={() => signOut.mutate({})} loading={signOut.isPending}>
      <Trans>Sign in as somebody else</Trans>
    </Button>
  );
}
