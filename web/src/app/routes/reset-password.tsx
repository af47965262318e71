import { createFileRoute } from "@tanstack/react-router";

import { ResetScreen } from "@/features/identity/ResetScreen";

export const Route = createFileRoute("/reset-password")({ component: ResetScreen });
