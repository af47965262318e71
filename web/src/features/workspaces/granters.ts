/** Who may do something that the person at the screen may not, and who can give it to them. Pure. */

import type { Action, Flag, Member, Role, Toggle } from "@/lib/api/types";
import table from "@/lib/permissions.gen.json";

/** Whoever has `least` or a role above it may; a Member also by a flag of their own, or while a toggle is on. */
export interface Rule {
  least: Role;
  flag: Flag | null;
  toggle: Toggle | null;
}

export function ruleOf(action: Action): Rule {
  return (table.actions as Record<Action, Rule>)[action];
}

/** The members whose role is enough, Owners first. */
export function holders<Someone extends Pick<Member, "role">>(
  members: readonly Someone[],
  least: Role,
): Someone[] {
  const ofRole = (role: Role) => members.filter((each) => each.role === role);
  if (least === "member") return [];
  return least === "owner" ? ofRole("owner") : [...ofRole("owner"), ...ofRole("admin")];
}
