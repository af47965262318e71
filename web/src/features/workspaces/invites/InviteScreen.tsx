/** The page an invitation link opens. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { LinkButton } from "@/components/LinkButton";
import { PublicPage } from "@/components/PublicPage";
import { Refusal } from "@/components/Refusal";
import { ErrorState, LoadingRows } from "@/components/StateBlock";
import { api, http } from "@/lib/api/client";
import { ApiError, isPassing } from "@/lib/api/errors";
import type { InviteFacts, Me } from "@/lib/api/types";
import { useFragmentToken } from "@/lib/fragment";
import { meQuery } from "@/lib/session";
import { exactTime } from "@/lib/time";

import { useRoleName } from "../roles";
import { useEnterWorkspace } from "../useCreateWorkspace";
import { heldInvite, holdInvite } from "./heldInvite";
import { InviteRefused } from "./InviteRefused";

const INCOMPLETE = new ApiError({ status: 0, code: "link-incomplete", title: "", detail: "" });

export function InviteScreen() {
  const fromLink = useFragmentToken();
  const [token] = useState(() => fromLink ?? heldInvite());
  if (token === null) return <InviteRefused error={INCOMPLETE} token={null} onRetry={() => {}} />;
  return <KnownInvite token={token} />;
}

function KnownInvite({ token }: { token: string }) {
  const { t } = useLingui();
  const me = useQuery({ ...meQuery, retry: false });
  const facts = useQuery({
    queryKey: ["invite", token],
    queryFn: () => lookUp(token),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (facts.isPending || me.isPending) {
    return (
      <PublicPage title={t`Invitation`}>
        <LoadingRows rows={2} height={36} />
      </PublicPage>
    );
  }
  if (facts.isError && isPassing(facts.error)) {
    return (
      <PublicPage title={t`Invitation`}>
        <ErrorState error={facts.error} onRetry={() => void facts.refetch()} />
      </PublicPage>
    );
  }
  if (facts.isError) {
    return <InviteRefused error={facts.error} token={token} onRetry={() => void facts.refetch()} />;
  }
  return <Offer facts={facts.data} token={token} me={me.data} />;
}

async function lookUp(token: string): Promise<InviteFacts> {
  const { data } = await http.POST("/invites/look-up", { body: { token } });
  return data as InviteFacts;
}

/** What the invitation leads to; a refusal of the wish to join takes its place. */
function Offer({ facts, token, me }: { facts: InviteFacts; token: string; me: Me | undefined }) {
  const { t } = useLingui();
  const roleName = useRoleName();
  const join = useJoin(token);
  const { workspace_name: workspace, inviter_name: inviter } = facts;
  const role = roleName(facts.role);
  const until = exactTime(facts.expires_at);
  if (join.error && !isPassing(join.error)) {
    return <InviteRefused error={join.error} token={token} onRetry={join.reset} />;
  }
  return (
    <PublicPage
      title={t`Join ${workspace}`}
      lead={
        <Trans>
          {inviter} invites you to this workspace as {role}. The invitation is good until {until}.
        </Trans>
      }
    >
      {me === undefined ? <SignInFirst token={token} /> : <Accept name={me.user.full_name} join={join} />}
    </PublicPage>
  );
}

/** The token waits in this tab's session storage: a query string would show it to the server. */
function SignInFirst({ token }: { token: string }) {
  return (
    <Group grow>
      <LinkButton to="/sign-in" search={{ next: "/invite" }} onClick={() => holdInvite(token)}>
        <Trans>Sign in to join</Trans>
      </LinkButton>
      <LinkButton to="/sign-up" variant="default" onClick={() => holdInvite(token)}>
        <Trans>Create an account</Trans>
      </LinkButton>
    </Group>
  );
}

type Join = ReturnType<typeof useJoin>;

function useJoin(token: string) {
  const enter = useEnterWorkspace();
  const accept = api.useMutation("post", "/invites/accept", {
    onSuccess: ({ id }) => {
      holdInvite(null);
      return enter(id, "inbox");
    },
  });
  return { ...accept, run: () => accept.mutate({ body: { token } }) };
}

function Accept({ name, join }: { name: string; join: Join }) {
  return (
    <Stack gap="md">
      <Refusal error={join.error} />
      <Button onClick={join.run} loading={join.isPending}>
        <Trans>Join as {name}</Trans>
      </Button>
      <LinkButton to="/" variant="subtle">
        <Trans>Not now</Trans>
      </LinkButton>
    </Stack>
  );
}
