import { createFileRoute } from "@tanstack/react-router";

import { ContactsScreen } from "@/features/contacts/ContactsScreen";
import type { Whom } from "@/features/contacts/contacts";

export const Route = createFileRoute("/_signed/w/$ws/contacts")({
  validateSearch: ({ of }: Record<string, unknown>): { of?: "groups" } => (of === "groups" ? { of } : {}),
  component: Page,
});

function Page() {
  const { of = "contacts" } = Route.useSearch();
  const navigate = Route.useNavigate();
  const onWhom = (whom: Whom) =>
    void navigate({ search: whom === "groups" ? { of: whom } : {}, replace: true });
  return <ContactsScreen whom={of} onWhom={onWhom} />;
}
