import { createFileRoute } from "@tanstack/react-router";

import { AppearanceSettings } from "@/features/identity/AppearanceSettings";

export const Route = createFileRoute("/_signed/w/$ws/settings/appearance")({ component: AppearanceSettings });
