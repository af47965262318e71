/** Which entries of the activity log are asked for. The filters live in the address: a link shows the same log. */

/** `kind` is one event (`member.joined`) or all of a noun (`member`); `from` and `to` are days in UTC, both included. */
export interface ActivityFilters {
  actor?: string | undefined;
  kind?: string | undefined;
  object?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const fits: Record<keyof ActivityFilters, (text: string) => boolean> = {
  actor: isId,
  kind: (text) => /^[a-z_]+(\.[a-z_]+)?$/.test(text),
  object: isId,
  from: isDay,
  to: isDay,
};

/** The filters an address asks for; what makes no sense is left out. */
export function readFilters(search: Record<string, unknown>): ActivityFilters {
  const named = Object.entries(fits).filter(([name, isFit]) => {
    const text = search[name];
    return typeof text === "string" && isFit(text);
  });
  return Object.fromEntries(named.map(([name]) => [name, search[name]]));
}

function isId(text: string): boolean {
  return /^\S{1,64}$/.test(text);
}

/** A day of the calendar: there is no 30 February. */
function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(`${text}T`);
}

/** The address's part of filters, without what is not set. */
export function searchOf(filters: ActivityFilters): ActivityFilters {
  return withoutUnset(filters);
}

type OnlySet<T> = { [Key in keyof T]?: NonNullable<T[Key]> };

/** Without what is not set. */
export function withoutUnset<T extends object>(filters: T): OnlySet<T> {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)) as OnlySet<T>;
}
