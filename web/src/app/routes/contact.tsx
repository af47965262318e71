import { createFileRoute } from "@tanstack/react-router";

import { ContactScreen } from "@/features/legal/ContactScreen";

export const Route = createFileRoute("/contact")({ component: ContactScreen });
