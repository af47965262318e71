import { createFileRoute } from "@tanstack/react-router";

import { ForgotScreen } from "@/features/identity/ForgotScreen";

export const Route = createFileRoute("/forgot")({ component: ForgotScreen });
