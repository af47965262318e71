import { createFileRoute } from "@tanstack/react-router";
import * as z from "zod/mini";

import { SignInScreen } from "@/features/identity/SignInScreen";
import { SIGN_IN_NOTICES } from "@/features/identity/signInNotices";

const search = z.object({
  next: z.catch(z.optional(z.string()), undefined),
  email: z.catch(z.optional(z.string()), undefined),
  notice: z.catch(z.optional(z.enum(SIGN_IN_NOTICES)), undefined),
});

export const Route = createFileRoute("/sign-in/")({ validateSearch: search, component: Page });

function Page() {
  const { next, email, notice } = Route.useSearch();
  return <SignInScreen next={next} email={email} notice={notice} />;
}
