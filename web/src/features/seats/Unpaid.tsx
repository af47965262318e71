/** What stands where something is not paid for: as a block in place of it, or as a sentence above it. */

import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Armchair } from "lucide-react";

import { EmptyState } from "@/components/StateBlock";
import type { Action } from "@/lib/api/types";
import { useWorkspace, workspaceQuery } from "@/lib/session";

import { type Lack, lackOf } from "./lack";
import { PlansButton, PlansLink } from "./WhoPays";
import { lacks } from "./words";

/** In place of a screen, a dialog or a panel. */
export function UnpaidBlock({ lack }: { lack: Lack }) {
  const { i18n } = useLingui();
  const { title, text } = lacks[lack];
  return (
    <EmptyState icon={Armchair} title={i18n._(title)} action={<PlansButton />}>
      {i18n._(text)}
    </EmptyState>
  );
}

/** A sentence beside what can only be read. */
export default function UnpaidLine({ action }: { action: Action }) {
  const { i18n } = useLingui();
  const workspace = useQuery(workspaceQuery(useWorkspace().id)).data;
  const lack = workspace && lackOf(action, workspace);
  if (!lack) return null;
  const title = i18n._(lacks[lack].title);
  return (
    <span>
      {`${title}. `}
      <PlansLink />
    </span>
  );
}
