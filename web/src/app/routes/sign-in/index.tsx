import { createFileRoute } from "@tanstack/react-router";
import * as v from "valibot";

import { SignInScreen } from "@/features/identity/SignInScreen";
import { safeNext } from "@/features/identity/safeNext";
import { SIGN_IN_NOTICES } from "@/features/identity/signInNotices";
import { ProviderButtons } from "@/features/social_sign_in/ProviderButtons";
import { providersQuery } from "@/features/social_sign_in/providersQuery";

const search = v.object({
  next: v.fallback(v.optional(v.string()), undefined),
  email: v.fallback(v.optional(v.string()), undefined),
  notice: v.fallback(v.optional(v.picklist(SIGN_IN_NOTICES)), undefined),
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
