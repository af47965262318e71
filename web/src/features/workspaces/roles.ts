/** The three roles, in words. */

import { useLingui } from "@lingui/react/macro";

import type { Role } from "@/lib/api/types";

export function useRoleName(): (role: Role) => string {
  const { t } = useLingui();
  const names: Record<Role, string> = { member: t`Member`, admin: t`Admin`, owner: t`Owner` };
  return (role) => names[role];
}
