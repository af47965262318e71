/** Where to go after signing in. */

/** The path of a `next` parameter, or the start page when it would lead to another origin. */
export function safeNext(next: string | undefined): string {
  if (next === undefined) return "/";
  const here = "https://wireroom.invalid";
  try {
    const target = new URL(next, here);
    return target.origin === here ? target.pathname + target.search : "/";
  } catch {
    return "/";
  }
}
