import { createFileRoute } from "@tanstack/react-router";
import * as v from "valibot";

import { BillingSettings } from "@/features/billing/BillingSettings";

const search = v.object({ checkout: v.fallback(v.optional(v.picklist(["done", "left"])), undefined) });

export const Route = createFileRoute("/_signed/w/$ws/settings/billing")({
  validateSearch: search,
  component: Page,
});

function Page() {
  const { checkout } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <BillingSettings
      checkout={checkout}
      onCheckoutSeen={() => void navigate({ search: {}, replace: true })}
    />
  );
}
