/** The companies people may sign in with, as they call themselves. */

const TITLES: Record<string, string> = { linkedin: "LinkedIn" };

/** "Google" for `google`; works for one that this version of the app has never heard of. */
export function providerTitle(id: string): string {
  return TITLES[id] ?? id.charAt(0).toUpperCase() + id.slice(1);
}
