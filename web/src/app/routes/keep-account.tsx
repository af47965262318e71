import { createFileRoute } from "@tanstack/react-router";

import { KeepAccountScreen } from "@/features/privacy/KeepAccountScreen";

export const Route = createFileRoute("/keep-account")({ component: KeepAccountScreen });
