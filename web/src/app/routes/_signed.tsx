import type { QueryClient } from "@tanstack/react-query";
import { createFileRoute, Outlet } from "@tanstack/react-router";

import { workspaceQuery } from "@/lib/session";

import { requireMe } from "../requireMe";
import { useForgettingOthers } from "../useForgettingOthers";

export const Route = createFileRoute("/_signed")({
  beforeLoad: ({ context, location }) => {
    beginWorkspace(context.queryClient, location.pathname);
    return requireMe(context.queryClient, location.href);
  },
  component: Signed,
});

function Signed() {
  useForgettingOthers();
  return <Outlet />;
}

/** Asks for the workspace an address names beside the person's own data rather than after it. */
function beginWorkspace(queryClient: QueryClient, pathname: string): void {
  const id = /^\/w\/([^/]+)/.exec(pathname)?.[1];
  if (id !== undefined) void queryClient.prefetchQuery(workspaceQuery(id));
}
