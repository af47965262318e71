import { createFileRoute, useParams } from "@tanstack/react-router";

import { TicketsScreen } from "@/features/tickets/TicketsScreen";
import { readWish } from "@/features/tickets/wish";

export const Route = createFileRoute("/_signed/w/$ws/tickets")({ validateSearch: readWish, component: Page });

function Page() {
  const { ticketId } = useParams({ strict: false });
  return <TicketsScreen wish={Route.useSearch()} ticketId={ticketId} />;
}
