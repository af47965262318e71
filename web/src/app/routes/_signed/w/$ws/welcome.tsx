import { createFileRoute } from "@tanstack/react-router";

import { WelcomeScreen } from "@/features/workspaces/WelcomeScreen";

export const Route = createFileRoute("/_signed/w/$ws/welcome")({ component: WelcomeScreen });
