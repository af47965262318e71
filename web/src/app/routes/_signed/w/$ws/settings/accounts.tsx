import { createFileRoute } from "@tanstack/react-router";
import * as v from "valibot";

import { AccountsSettings } from "@/features/accounts/AccountsSettings";

const search = v.object({ connect: v.fallback(v.optional(v.boolean()), undefined) });

export const Route = createFileRoute("/_signed/w/$ws/settings/accounts")({
  validateSearch: search,
  component: Page,
});

function Page() {
  const { connect } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <AccountsSettings
      isConnecting={connect === true}
      onConnectingChange={(next) => void navigate({ search: next ? { connect: true } : {}, replace: !next })}
    />
  );
}
