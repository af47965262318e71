import { useQueryClient } from "@tanstack/react-query";
import { createFileRoute } from "@tanstack/react-router";
import { lazy, useCallback, useEffect } from "react";

import { NotFoundBlock } from "@/app/NotFound";
import { WorkspaceShell } from "@/app/shell/WorkspaceShell";
import { ChatsProvider } from "@/features/chats/ChatsProvider";
import { MoreSections } from "@/features/chats/details/moreSections";
import { rememberWorkspace } from "@/features/workspaces/lastWorkspace";
import { WorkspaceGate } from "@/features/workspaces/WorkspaceGate";
import { meQuery, WorkspaceProvider, workspaceQuery } from "@/lib/session";
import { LiveProvider } from "@/live/LiveProvider";

const NotFoundScreen = lazy(async () => ({ default: (await import("@/app/NotFound")).NotFoundScreen }));

/** What a chat's details show besides what chats know of themselves. */
const SECTIONS = [lazy(() => import("@/features/tickets/ChatTickets"))];

export const Route = createFileRoute("/_signed/w/$ws")({
  loader: async ({ context, params }) => {
    const { workspaces } = await context.queryClient.ensureQueryData(meQuery);
    // One that may not be opened says why when it is drawn.
    if (workspaces.find((each) => each.id === params.ws)?.state !== "open") return;
    await context.queryClient.prefetchQuery(workspaceQuery(params.ws));
  },
  notFoundComponent: NotFoundBlock,
  component: WorkspacePage,
});

function WorkspacePage() {
  const { ws } = Route.useParams();
  const client = useQueryClient();
  const standingChanged = useCallback(() => {
    void client.invalidateQueries({ queryKey: meQuery.queryKey });
    void client.invalidateQueries({ queryKey: workspaceQuery(ws).queryKey });
  }, [client, ws]);
  useEffect(() => rememberWorkspace(ws), [ws]);
  return (
    <WorkspaceGate key={ws} workspaceId={ws} notFound={<NotFoundScreen />}>
      {(workspace) => (
        <WorkspaceProvider value={workspace}>
          <LiveProvider workspaceId={ws} onShut={standingChanged}>
            <ChatsProvider>
              <MoreSections value={SECTIONS}>
                <WorkspaceShell />
              </MoreSections>
            </ChatsProvider>
          </LiveProvider>
        </WorkspaceProvider>
      )}
    </WorkspaceGate>
  );
}
