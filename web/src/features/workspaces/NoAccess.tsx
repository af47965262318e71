/** In place of a page or panel that the person may not see. */

import { NoAccessState } from "@/components/StateBlock";
import type { Action } from "@/lib/api/types";

import { WhoMay } from "./WhoMay";

export function NoAccess({ action }: { action: Action }) {
  return (
    <NoAccessState>
      <WhoMay action={action} />
    </NoAccessState>
  );
}
