import { createFileRoute } from "@tanstack/react-router";

import { CheckMailScreen } from "@/features/identity/CheckMailScreen";

export const Route = createFileRoute("/check-mail")({ component: CheckMailScreen });
