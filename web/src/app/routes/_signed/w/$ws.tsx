import { createFileRoute } from "@tanstack/react-router";
import { useEffect } from "react";

import { NotFoundBlock, NotFoundScreen } from "@/app/EdgeScreens";
import { WorkspaceShell } from "@/app/shell/WorkspaceShell";
import { ChatsProvider } from "@/features/chats/ChatsProvider";
import { rememberWorkspace } from "@/features/workspaces/lastWorkspace";
import { useMe, WorkspaceProvider } from "@/lib/session";
import { LiveProvider } from "@/live/LiveProvider";

export const Route = createFileRoute("/_signed/w/$ws")({
  notFoundComponent: NotFoundBlock,
  component: WorkspacePage,
});

function WorkspacePage() {
  const { ws } = Route.useParams();
  const workspace = useMe().workspaces.find((each) => each.id === ws);
  useEffect(() => rememberWorkspace(ws), [ws]);
  if (workspace === undefined) return <NotFoundScreen />;
  return (
    <WorkspaceProvider value={workspace} key={ws}>
      <LiveProvider workspaceId={ws}>
        <ChatsProvider>
          <WorkspaceShell />
        </ChatsProvider>
      </LiveProvider>
    </WorkspaceProvider>
  );
}
