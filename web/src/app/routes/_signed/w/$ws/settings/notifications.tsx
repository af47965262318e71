import { createFileRoute } from "@tanstack/react-router";

import { NotificationSettings } from "@/features/notifications/NotificationSettings";

export const Route = createFileRoute("/_signed/w/$ws/settings/notifications")({
  component: NotificationSettings,
});
