import { createFileRoute, useParams } from "@tanstack/react-router";
import * as v from "valibot";

import { InboxScreen } from "@/features/chats/inbox/InboxScreen";

const search = v.object({
  account: v.fallback(v.optional(v.string()), undefined),
  filter: v.fallback(v.optional(v.picklist(["unread", "unanswered"])), undefined),
});

export const Route = createFileRoute("/_signed/w/$ws/inbox")({ validateSearch: search, component: Page });

function Page() {
  const { chatId } = useParams({ strict: false });
  const { account, filter } = Route.useSearch();
  return <InboxScreen chatId={chatId} accountId={account} filter={filter} />;
}
