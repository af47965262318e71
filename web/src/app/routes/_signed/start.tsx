import { createFileRoute } from "@tanstack/react-router";

import { FirstWorkspaceScreen } from "@/features/workspaces/FirstWorkspaceScreen";

export const Route = createFileRoute("/_signed/start")({ component: FirstWorkspaceScreen });
