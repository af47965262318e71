/** Where a tab stands among the others. Pure. */

interface Placed {
  position: number;
}

/** A position between two neighbours; beyond the first and the last one is room. */
export function between(views: readonly Placed[], before: number, after: number): number {
  const [left, right] = [views[before]?.position, views[after]?.position];
  if (left === undefined) return (right ?? 0) - 1;
  return right === undefined ? left + 1 : (left + right) / 2;
}
