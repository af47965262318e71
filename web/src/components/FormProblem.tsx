/** The sentence above a form that was refused. */

import { Alert } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

export function FormProblem({ children }: { children: ReactNode }) {
  if (!children) return null;
  return (
    <Alert color="red" role="alert" icon={<TriangleAlert size={18} aria-hidden />}>
      {children}
    </Alert>
  );
}
