import { createFileRoute } from "@tanstack/react-router";

import { NoticesScreen } from "@/features/notifications/NoticesScreen";

export const Route = createFileRoute("/_signed/w/$ws/notifications")({ component: NoticesScreen });
