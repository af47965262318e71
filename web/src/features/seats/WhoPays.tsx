/** What to do about a missing seat: Owners go to the plans, everybody else reads whom to ask. */

import { Trans, useLingui } from "@lingui/react/macro";

import { LinkButton } from "@/components/LinkButton";
import { TextLink } from "@/components/TextLink";
import { api } from "@/lib/api/client";
import { useWorkspace } from "@/lib/session";

/** More names than that help nobody. */
const MOST_NAMES = 3;

/** A link within a sentence. */
export function PlansLink() {
  const { id, role } = useWorkspace();
  if (role !== "owner") return <AskOwners />;
  return (
    <TextLink to="/w/$ws/settings/billing" params={{ ws: id }}>
      <Trans>See plans and seats</Trans>
    </TextLink>
  );
}

/** The button under a block. */
export function PlansButton() {
  const { id, role } = useWorkspace();
  if (role !== "owner") return <AskOwners />;
  return (
    <LinkButton to="/w/$ws/settings/billing" params={{ ws: id }}>
      <Trans>See plans and seats</Trans>
    </LinkButton>
  );
}

function AskOwners() {
  const names = useOwnerNames();
  return (
    <span>{names ? <Trans>Ask {names} for a seat.</Trans> : <Trans>Ask an Owner for a seat.</Trans>}</span>
  );
}

/** "Robin Vale or Sam Ferrer"; undefined while nobody is known. */
function useOwnerNames(): string | undefined {
  const { i18n } = useLingui();
  const path = { workspace_id: useWorkspace().id };
  const members = api.useQuery("get", "/workspaces/{workspace_id}/members", { params: { path } }).data
    ?.members;
  const owners = members?.filter((each) => each.role === "owner").slice(0, MOST_NAMES) ?? [];
  if (owners.length === 0) return undefined;
  const names = owners.map((each) => each.alias ?? each.full_name);
  return new Intl.ListFormat(i18n.locale, { type: "disjunction" }).format(names);
}
