import { createFileRoute } from "@tanstack/react-router";

import { InviteScreen } from "@/features/workspaces/invites/InviteScreen";

export const Route = createFileRoute("/invite")({ component: InviteScreen });
