import { createFileRoute } from "@tanstack/react-router";

import { GeneralSettings } from "@/features/workspaces/general/GeneralSettings";

export const Route = createFileRoute("/_signed/w/$ws/settings/general")({ component: GeneralSettings });
