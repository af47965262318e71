import { createFileRoute } from "@tanstack/react-router";

import { RemindersScreen } from "@/features/reminders/RemindersScreen";

export const Route = createFileRoute("/_signed/w/$ws/reminders")({ component: RemindersScreen });
