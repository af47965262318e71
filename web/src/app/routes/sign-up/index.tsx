import { createFileRoute } from "@tanstack/react-router";

import { SignUpScreen } from "@/features/identity/SignUpScreen";
import { documentsQuery } from "@/features/legal/documents";
import { ProviderButtons } from "@/features/social_sign_in/ProviderButtons";
import { providersQuery } from "@/features/social_sign_in/providersQuery";

export const Route = createFileRoute("/sign-up/")({
  // So that the page does not jump when buttons and versions come.
  loader: ({ context: { queryClient } }) =>
    Promise.all([queryClient.prefetchQuery(providersQuery), queryClient.prefetchQuery(documentsQuery)]),
  component: () => <SignUpScreen providers={<ProviderButtons next="/" />} />,
});
