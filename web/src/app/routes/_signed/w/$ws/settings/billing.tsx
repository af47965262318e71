import { createFileRoute } from "@tanstack/react-router";
import * as z from "zod/mini";

import { BillingSettings } from "@/features/billing/BillingSettings";

const search = z.object({ checkout: z.catch(z.optional(z.enum(["done", "left"])), undefined) });

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
