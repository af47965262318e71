/** What the types of columns are called, in the order they are offered. */

import { useLingui } from "@lingui/react/macro";
import {
  CalendarDays,
  CircleChevronDown,
  Hash,
  type LucideIcon,
  Paperclip,
  SquareCheck,
  Tags,
  TextInitial,
  Type,
  UserRound,
} from "lucide-react";
import type { Column } from "@/lib/api/types";

export function useTypeNames(): Readonly<Record<Column["type"], string>> {
  const { t } = useLingui();
  return {
    text: t`Text`,
    long_text: t`Long text`,
    number: t`Number`,
    date: t`Date`,
    select: t`Select`,
    multiselect: t`Multiselect`,
    checkbox: t`Checkbox`,
    person: t`Person`,
    files: t`Files`,
  };
}

export const typeIcons: Readonly<Record<Column["type"], LucideIcon>> = {
  text: Type,
  long_text: TextInitial,
  number: Hash,
  date: CalendarDays,
  select: CircleChevronDown,
  multiselect: Tags,
  checkbox: SquareCheck,
  person: UserRound,
  files: Paperclip,
};
