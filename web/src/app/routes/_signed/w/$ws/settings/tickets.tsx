import { createFileRoute } from "@tanstack/react-router";

import { TicketSettings } from "@/features/tickets/settings/TicketSettings";

export const Route = createFileRoute("/_signed/w/$ws/settings/tickets")({ component: TicketSettings });
