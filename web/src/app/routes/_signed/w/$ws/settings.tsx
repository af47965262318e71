import { createFileRoute } from "@tanstack/react-router";

import { SettingsLayout } from "@/app/shell/SettingsLayout";

export const Route = createFileRoute("/_signed/w/$ws/settings")({ component: SettingsLayout });
