import { createFileRoute } from "@tanstack/react-router";
import * as v from "valibot";

import { ChatsScreen } from "@/features/chats/grid/ChatsScreen";
import { viewSearch } from "@/features/views/search";

const search = v.object({ peek: v.fallback(v.optional(v.string()), undefined), ...viewSearch });

export const Route = createFileRoute("/_signed/w/$ws/chats")({ validateSearch: search, component: Page });

function Page() {
  const { peek, ...view } = Route.useSearch();
  return <ChatsScreen peek={peek} search={view} />;
}
