import { createFileRoute } from "@tanstack/react-router";

/** The page itself draws the open template: the list beside it must not be made anew for each. */
export const Route = createFileRoute("/_signed/w/$ws/templates/$templateId")({ component: () => null });
