import { createFileRoute } from "@tanstack/react-router";

import { SecurityPage } from "@/app/SecurityPage";

export const Route = createFileRoute("/_signed/w/$ws/settings/security")({ component: SecurityPage });
