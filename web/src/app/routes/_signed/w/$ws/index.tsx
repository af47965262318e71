import { createFileRoute, redirect } from "@tanstack/react-router";

import { accountsQuery } from "@/features/accounts/accountsQuery";
import { isWelcomed } from "@/features/workspaces/welcomed";
import { meQuery } from "@/lib/session";

/** The inbox; for a person without an account of their own, the first steps. */
export const Route = createFileRoute("/_signed/w/$ws/")({
  beforeLoad: async ({ context, params }) => {
    const { workspaces } = await context.queryClient.ensureQueryData(meQuery);
    // The frame says why it cannot be opened.
    if (workspaces.find((each) => each.id === params.ws)?.state !== "open") return;
    if (isWelcomed(params.ws)) throw redirect({ to: "/w/$ws/inbox", params });
    const { accounts } = await context.queryClient.ensureQueryData(accountsQuery(params.ws));
    if (accounts.some((each) => each.mine)) throw redirect({ to: "/w/$ws/inbox", params });
    throw redirect({ to: "/w/$ws/welcome", params });
  },
});
