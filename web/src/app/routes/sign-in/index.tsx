import { createFileRoute } from "@tanstack/react-router";
import * as z from "zod/mini";

import { SignInScreen } from "@/features/identity/SignInScreen";
import { safeNext } from "@/features/identity/safeNext";
import { SIGN_IN_NOTICES } from "@/features/identity/signInNotices";
import { ProviderButtons } from "@/features/social_sign_in/ProviderButtons";
import { providersQuery } from "@/features/social_sign_in/providersQuery";

const search = z.object({
  next: z.catch(z.optional(z.string()), undefined),
  email: z.catch(z.optional(z.string()), undefined),
  notice: z.catch(z.optional(z.enum(SIGN_IN_NOTICES)), undefined),
});

export const Route = createFileRoute("/sign-in/")({
  validateSearch: search,
  // So that the page does not jump when the buttons come.
  loader: ({ context }) => context.queryClient.prefetchQuery(providersQuery),
  component: Page,
});

function Page() {
  const { next, email, notice } = Route.useSearch();
  const providers = <ProviderButtons next={safeNext(next)} />;
  return <SignInScreen next={next} email={email} notice={notice} providers={providers} />;
}
