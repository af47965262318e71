import { createFileRoute } from "@tanstack/react-router";

/** The screen itself draws the open ticket: the list beside it must not be made anew for each. */
export const Route = createFileRoute("/_signed/w/$ws/tickets/$ticketId")({ component: () => null });
