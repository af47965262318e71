import { createFileRoute } from "@tanstack/react-router";
import * as z from "zod/mini";

import { VerifyScreen } from "@/features/identity/VerifyScreen";

const search = z.object({ next: z.catch(z.optional(z.string()), undefined) });

export const Route = createFileRoute("/sign-in/verify")({ validateSearch: search, component: Page });

function Page() {
  const { next } = Route.useSearch();
  return <VerifyScreen next={next} />;
}
