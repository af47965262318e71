import { createFileRoute, useParams } from "@tanstack/react-router";
import * as z from "zod/mini";

import { InboxScreen } from "@/features/chats/inbox/InboxScreen";

const search = z.object({
  account: z.catch(z.optional(z.string()), undefined),
  filter: z.catch(z.optional(z.enum(["unread", "unanswered"])), undefined),
});

export const Route = createFileRoute("/_signed/w/$ws/inbox")({ validateSearch: search, component: Page });

function Page() {
  const { chatId } = useParams({ strict: false });
  const { account, filter } = Route.useSearch();
  return <InboxScreen chatId={chatId} accountId={account} filter={filter} />;
}
