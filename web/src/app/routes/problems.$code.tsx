import { createFileRoute } from "@tanstack/react-router";

import { ProblemPage } from "@/features/problems/ProblemPage";

export const Route = createFileRoute("/problems/$code")({ component: Page });

function Page() {
  const { code } = Route.useParams();
  return <ProblemPage code={code} />;
}
