import { createFileRoute } from "@tanstack/react-router";

import { DocumentScreen } from "@/features/legal/DocumentScreen";

export const Route = createFileRoute("/legal/$name")({ component: Page });

function Page() {
  const { name } = Route.useParams();
  return <DocumentScreen name={name} />;
}
