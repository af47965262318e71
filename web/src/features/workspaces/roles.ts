/** The three roles: in words, and how far each reaches. The API checks the same rule with every change. */

import { useLingui } from "@lingui/react/macro";

import type { Role } from "@/lib/api/types";

/** Lowest first. */
const RANKS: readonly Role[] = ["member", "admin", "owner"];

export function useRoleName(): (role: Role) => string {
  const { t } = useLingui();
  const names: Record<Role, string> = { member: t`Member`, admin: t`Admin`, owner: t`Owner` };
  return (role) => names[role];
}

/** Whether somebody of one role may act on, or grant, the other: those below, and an Owner also Owners. */
export function reaches(own: Role, other: Role): boolean {
  return own === "owner" || RANKS.indexOf(own) > RANKS.indexOf(other);
}

/** The roles somebody may give, lowest first. */
export function grantableRoles(own: Role): Role[] {
  return RANKS.filter((role) => reaches(own, role));
}
