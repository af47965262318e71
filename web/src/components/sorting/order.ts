/** Where a row comes to stand in a list when it is dragged or moved by a key. Pure. */

/** Behind which row a dropped one comes; null is the front, undefined says that nothing changes. */
export function afterDrop(
  ids: readonly string[],
  moved: string,
  edge: "before" | "after",
  at: string,
): string | null | undefined {
  const others = ids.filter((id) => id !== moved);
  const place = others.indexOf(at) + (edge === "after" ? 1 : 0);
  return changed(ids, moved, others[place - 1] ?? null);
}

/** Behind which row one comes that is moved by a place; undefined where it stands at that end already. */
export function afterStep(ids: readonly string[], moved: string, step: -1 | 1): string | null | undefined {
  const to = ids.indexOf(moved) + step;
  if (to < 0 || to >= ids.length) return undefined;
  const others = ids.filter((id) => id !== moved);
  return others[to - 1] ?? null;
}

/** The list with a row behind another. */
export function reordered<Row extends { id?: string }>(
  rows: readonly Row[],
  moved: string,
  after: string | null,
): Row[] {
  const row = rows.find((each) => each.id === moved);
  if (!row) return [...rows];
  const others = rows.filter((each) => each !== row);
  const place = after === null ? 0 : others.findIndex((each) => each.id === after) + 1;
  return others.toSpliced(place, 0, row);
}

function changed(ids: readonly string[], moved: string, after: string | null): string | null | undefined {
  const before = ids[ids.indexOf(moved) - 1] ?? null;
  return before === after ? undefined : after;
}
