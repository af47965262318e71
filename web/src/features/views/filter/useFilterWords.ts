/** Filters in words: what the chips say and the builder offers. */

import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import type { FieldBook, FieldFacts } from "../fields";
import {
  type Condition,
  type FieldKind,
  type Filter,
  type FilterValue,
  isGroup,
  needsNoValue,
  type Operator,
  partsOf,
} from "./model";
import { countedSpan, isNamedSpan, type NamedSpan } from "./spans";

export interface FilterWords {
  operator: (kind: FieldKind, operator: Operator) => string;
  span: (name: string) => string;
  filter: (filter: Filter, fields: FieldBook) => string;
}

export function useFilterWords(): FilterWords {
  const { i18n } = useLingui();
  const operators = useOperatorNames();
  const spans = useSpanNames();
  const joints = useJoints();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language alone.
  return useMemo(() => {
    const operator = (kind: FieldKind, each: Operator) =>
      kind === "text" || kind === "choice" || kind === "choices" || kind === "person" || kind === "check"
        ? operators.plain[each]
        : (operators.measured[each] ?? operators.plain[each]);
    const span = (name: string) => spanWords(name, spans);
    const condition = (each: Condition, fields: FieldBook) => {
      const field = fields.get(each.field);
      if (!field) return joints.gone;
      const said = `${field.label} ${operator(field.kind, each.is)}`;
      return needsNoValue(each.is) ? said : `${said} ${valueWords(each, field, span, joints)}`;
    };
    const filter = (each: Filter, fields: FieldBook): string => {
      if (!isGroup(each)) return condition(each, fields);
      const parts = partsOf(each).map((part) =>
        isGroup(part) ? `(${filter(part, fields)})` : filter(part, fields),
      );
      return parts.join("any" in each ? ` ${joints.or} ` : ` ${joints.and} `);
    };
    return { operator, span, filter };
  }, [i18n.locale]);
}

type Joints = ReturnType<typeof useJoints>;

function useJoints() {
  const { t } = useLingui();
  return { and: t`and`, or: t`or`, yes: t`yes`, no: t`no`, gone: t`A column that is gone` };
}

function useOperatorNames() {
  const { t } = useLingui();
  const plain: Record<Operator, string> = {
    is: t`is`,
    is_not: t`is not`,
    contains: t`contains`,
    starts_with: t`starts with`,
    gt: t`is more than`,
    gte: t`is at least`,
    lt: t`is less than`,
    lte: t`is at most`,
    between: t`is between`,
    before: t`is before`,
    after: t`is after`,
    within: t`is within`,
    any_of: t`is any of`,
    none_of: t`is none of`,
    all_of: t`has all of`,
    me: t`is me`,
    empty: t`is empty`,
    filled: t`is not empty`,
  };
  const measured: Partial<Record<Operator, string>> = { is: t`equals`, is_not: t`does not equal` };
  return { plain, measured };
}

function useSpanNames(): Record<NamedSpan, string> {
  const { t } = useLingui();
  return {
    today: t`today`,
    yesterday: t`yesterday`,
    tomorrow: t`tomorrow`,
    this_week: t`this week`,
    last_week: t`last week`,
    next_week: t`next week`,
    this_month: t`this month`,
    last_month: t`last month`,
    next_month: t`next month`,
  };
}

function spanWords(name: string, names: Record<NamedSpan, string>): string {
  if (isNamedSpan(name)) return names[name];
  const { which, days } = countedSpan(name) ?? { which: "last", days: 0 };
  return which === "last"
    ? plural(days, { one: "the last # day", other: "the last # days" })
    : plural(days, { one: "the next # day", other: "the next # days" });
}

function valueWords(
  { is: operator, value }: Condition,
  field: FieldFacts,
  span: (name: string) => string,
  joints: Joints,
): string {
  if (operator === "within") return span(String(value));
  const one = (each: FilterValue | undefined) => oneValue(each, field, joints);
  if (!Array.isArray(value)) return one(value as FilterValue);
  const between = operator === "between" ? ` ${joints.and} ` : ", ";
  return value.map(one).join(between);
}

function oneValue(value: FilterValue | undefined, { kind, choices }: FieldFacts, joints: Joints): string {
  if (kind === "check") return value === true ? joints.yes : joints.no;
  if (kind === "number") return Number(value).toLocaleString();
  if (kind === "day" || kind === "moment")
    return new Date(`${value}T00:00:00Z`).toLocaleDateString(undefined, {
      dateStyle: "medium",
      timeZone: "UTC",
    });
  if (kind === "text") return `“${value}”`;
  return choices?.find((each) => each.value === value)?.label ?? joints.gone;
}
