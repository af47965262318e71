import { createFileRoute } from "@tanstack/react-router";

import { ConfirmScreen } from "@/features/identity/ConfirmScreen";

export const Route = createFileRoute("/confirm")({ component: ConfirmScreen });
