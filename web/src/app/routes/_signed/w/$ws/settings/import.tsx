import { createFileRoute } from "@tanstack/react-router";

import { ImportSettings } from "@/features/imports/ImportSettings";

export const Route = createFileRoute("/_signed/w/$ws/settings/import")({ component: ImportSettings });
