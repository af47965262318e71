import { createFileRoute } from "@tanstack/react-router";
import * as z from "zod/mini";

import { SignInScreen } from "@/features/identity/SignInScreen";

const search = z.object({ next: z.optional(z.string()), email: z.optional(z.string()) });

export const Route = createFileRoute("/sign-in")({ validateSearch: search, component: Page });

function Page() {
  const { next, email } = Route.useSearch();
  return <SignInScreen next={next} email={email} />;
}
