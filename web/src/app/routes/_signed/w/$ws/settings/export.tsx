import { createFileRoute } from "@tanstack/react-router";

import { ExportSettings } from "@/features/exports/ExportSettings";

export const Route = createFileRoute("/_signed/w/$ws/settings/export")({ component: ExportSettings });
