import { createFileRoute } from "@tanstack/react-router";
import * as v from "valibot";

import { VerifyScreen } from "@/features/identity/VerifyScreen";

const search = v.object({ next: v.fallback(v.optional(v.string()), undefined) });

export const Route = createFileRoute("/sign-in/verify")({ validateSearch: search, component: Page });

function Page() {
  const { next } = Route.useSearch();
  return <VerifyScreen next={next} />;
}
