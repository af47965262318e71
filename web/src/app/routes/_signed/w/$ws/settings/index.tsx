import { createFileRoute, redirect } from "@tanstack/react-router";

export const Route = createFileRoute("/_signed/w/$ws/settings/")({
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/w/$ws/settings/accounts", params });
  },
});
