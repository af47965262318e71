import { createFileRoute } from "@tanstack/react-router";

import { InviteScreen } from "@/features/workspaces/InviteScreen";

export const Route = createFileRoute("/invite")({ component: InviteScreen });
