import { createFileRoute } from "@tanstack/react-router";

import { ReturnScreen } from "@/features/social_sign_in/ReturnScreen";

export const Route = createFileRoute("/sign-in/return/$provider")({ component: Page });

function Page() {
  const { provider } = Route.useParams();
  return <ReturnScreen provider={provider} />;
}
