/** A filter while it is built: parts have ids, and a condition may still lack its value. Pure. */

import {
  type Condition,
  type Filter,
  type FilterValue,
  type Group,
  isGroup,
  isWhole,
  type Kinds,
  operators,
  partsOf,
} from "./model";

export interface DraftCondition extends Condition {
  id: number;
}

export interface DraftGroup {
  id: number;
  isAny: boolean;
  parts: readonly Draft[];
}

export type Draft = DraftCondition | DraftGroup;

export function isDraftGroup(draft: Draft): draft is DraftGroup {
  return "parts" in draft;
}

let lastId = 0;

function nextId(): number {
  lastId += 1;
  return lastId;
}

export function draftOf(group: Group): DraftGroup {
  return { id: nextId(), isAny: "any" in group, parts: partsOf(group).map(partDraft) };
}

function partDraft(filter: Filter): Draft {
  return isGroup(filter) ? draftOf(filter) : { ...filter, id: nextId() };
}

/** A condition on a field with its usual comparison, and no value yet. */
export function newCondition(field: string, kinds: Kinds): DraftCondition {
  const kind = kinds.get(field) ?? "text";
  const [usual = "is"] = operators[kind];
  return { id: nextId(), field, is: usual, ...(kind === "check" && { value: true }) };
}

export function newGroup(isAny: boolean): DraftGroup {
  return { id: nextId(), isAny, parts: [] };
}

/** The filter that is meant so far: without conditions that lack something and groups without any. */
export function filterOf(draft: DraftGroup, kinds: Kinds): Group {
  const parts = draft.parts.flatMap((part): Filter[] => {
    if (!isDraftGroup(part)) return isWhole(conditionOf(part), kinds) ? [conditionOf(part)] : [];
    const inner = filterOf(part, kinds);
    return partsOf(inner).length > 0 ? [inner] : [];
  });
  return draft.isAny ? { any: parts } : { all: parts };
}

function conditionOf({ field, is, value }: DraftCondition): Condition {
  return value === undefined ? { field, is } : { field, is, value };
}

/** The same with one part replaced wherever it stands; undefined takes it away. */
export function withPart(group: DraftGroup, id: number, part: Draft | undefined): DraftGroup {
  return {
    ...group,
    parts: group.parts.flatMap((each) => {
      if (each.id === id) return part ? [part] : [];
      return [isDraftGroup(each) ? withPart(each, id, part) : each];
    }),
  };
}

/** The same with a part added at the end of one of its groups. */
export function withAdded(group: DraftGroup, groupId: number, part: Draft): DraftGroup {
  if (group.id === groupId) return { ...group, parts: [...group.parts, part] };
  return {
    ...group,
    parts: group.parts.map((each) => (isDraftGroup(each) ? withAdded(each, groupId, part) : each)),
  };
}

/** The same condition with another value; none where there is none. */
export function withValue(
  { value: _, ...condition }: DraftCondition,
  value: FilterValue | undefined,
): DraftCondition {
  return value === undefined ? condition : { ...condition, value };
}
