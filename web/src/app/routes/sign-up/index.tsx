import { createFileRoute } from "@tanstack/react-router";

import { SignUpScreen } from "@/features/identity/SignUpScreen";
import { ProviderButtons } from "@/features/social_sign_in/ProviderButtons";
import { providersQuery } from "@/features/social_sign_in/providersQuery";

export const Route = createFileRoute("/sign-up/")({
  // So that the page does not jump when the buttons come.
  loader: ({ context }) => context.queryClient.prefetchQuery(providersQuery),
  component: () => <SignUpScreen providers={<ProviderButtons next="/" />} />,
});
