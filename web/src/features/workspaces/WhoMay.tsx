/** A sentence for somebody who may not do something: who may, and whom to ask. */

import { Trans, useLingui } from "@lingui/react/macro";

import type { Action } from "@/lib/api/types";

import { holders, ruleOf } from "./granters";
import { memberName, useMembers } from "./members/members";
import { flagWords, toggleWords } from "./permissionWords";

/** More names than that help nobody. */
const MOST_NAMES = 3;

export function WhoMay({ action }: { action: Action }) {
  const { i18n } = useLingui();
  const { least, flag, toggle } = ruleOf(action);
  const names = useNames(action);
  const permission = flag && i18n._(flagWords[flag].title);
  const switchName = toggle && i18n._(toggleWords[toggle].title);
  return (
    <>
      {least === "owner" ? (
        <Trans>Only Owners may do this.</Trans>
      ) : (
        <Trans>Only Admins and Owners may do this.</Trans>
      )}{" "}
      {permission && <Trans>They can give you the permission “{permission}”.</Trans>}
      {switchName && <Trans>Owners can switch on “{switchName}” for Members.</Trans>}{" "}
      {names && <Trans>Ask {names}.</Trans>}
    </>
  );
}

/** "Robin Vale or Sam Ferrer"; undefined while nobody is known. */
function useNames(action: Action): string | undefined {
  const { i18n } = useLingui();
  const members = useMembers().data?.members ?? [];
  const names = holders(members, ruleOf(action).least).slice(0, MOST_NAMES).map(memberName);
  if (names.length === 0) return undefined;
  return new Intl.ListFormat(i18n.locale, { type: "disjunction" }).format(names);
}
