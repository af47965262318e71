import { createFileRoute, redirect } from "@tanstack/react-router";

import { lastWorkspaceOf, openWorkspaceOf } from "@/features/workspaces/lastWorkspace";

import { requireMe } from "../requireMe";

export const Route = createFileRoute("/")({
  beforeLoad: async ({ context, location }) => {
    const me = await requireMe(context.queryClient, location.href);
    const workspace = openWorkspaceOf(me) ?? lastWorkspaceOf(me);
    if (workspace === undefined) throw redirect({ to: "/start" });
    throw redirect({ to: "/w/$ws", params: { ws: workspace.id } });
  },
});
