import { createFileRoute } from "@tanstack/react-router";
import * as v from "valibot";

import { LinkLoginScreen } from "@/features/social_sign_in/LinkLoginScreen";

const search = v.object({ provider: v.fallback(v.optional(v.string()), undefined) });

export const Route = createFileRoute("/_signed/link-login")({ validateSearch: search, component: Page });

function Page() {
  const { provider } = Route.useSearch();
  return <LinkLoginScreen provider={provider} />;
}
