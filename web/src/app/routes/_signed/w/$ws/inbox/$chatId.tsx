import { createFileRoute } from "@tanstack/react-router";

/** The inbox itself draws the open chat: the list beside it must not be made anew for each. */
export const Route = createFileRoute("/_signed/w/$ws/inbox/$chatId")({ component: () => null });
