import { createFileRoute, Outlet } from "@tanstack/react-router";

import { requireMe } from "../requireMe";

export const Route = createFileRoute("/_signed")({
  beforeLoad: ({ context, location }) => requireMe(context.queryClient, location.href),
  component: Outlet,
});
