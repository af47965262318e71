import { createFileRoute } from "@tanstack/react-router";
import * as z from "zod/mini";

import { ChatsScreen } from "@/features/chats/grid/ChatsScreen";

const search = z.object({ peek: z.catch(z.optional(z.string()), undefined) });

export const Route = createFileRoute("/_signed/w/$ws/chats")({ validateSearch: search, component: Page });

function Page() {
  const { peek } = Route.useSearch();
  return <ChatsScreen peek={peek} />;
}
