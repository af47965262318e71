import { createFileRoute } from "@tanstack/react-router";
import * as z from "zod/mini";

import { LinkLoginScreen } from "@/features/social_sign_in/LinkLoginScreen";

const search = z.object({ provider: z.catch(z.optional(z.string()), undefined) });

export const Route = createFileRoute("/_signed/link-login")({ validateSearch: search, component: Page });

function Page() {
  const { provider } = Route.useSearch();
  return <LinkLoginScreen provider={provider} />;
}
