import { createFileRoute } from "@tanstack/react-router";
import * as v from "valibot";

import { ContactsScreen } from "@/features/contacts/ContactsScreen";

const search = v.object({ of: v.fallback(v.optional(v.picklist(["contacts", "groups"])), undefined) });

export const Route = createFileRoute("/_signed/w/$ws/contacts")({ validateSearch: search, component: Page });

function Page() {
  const { of = "contacts" } = Route.useSearch();
  const navigate = Route.useNavigate();
  const onWhom = (whom: "contacts" | "groups") =>
    void navigate({ search: whom === "contacts" ? {} : { of: whom }, replace: true });
  return <ContactsScreen whom={of} onWhom={onWhom} />;
}
