/** Builds a filter: conditions in groups of which all or any must hold. What is whole is meant at once. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Group, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { Plus, X } from "lucide-react";
import { useMemo, useState } from "react";
import { type FieldBook, kindsOf } from "../fields";
import {
  type Draft,
  type DraftCondition,
  type DraftGroup,
  draftOf,
  filterOf,
  isDraftGroup,
  newCondition,
  newGroup,
  withAdded,
  withPart,
  withValue,
} from "./draft";
import classes from "./FilterBuilder.module.css";
import {
  type Group as FilterGroup,
  type Kinds,
  MAX_CONDITIONS,
  MAX_DEPTH,
  type Operator,
  operators,
} from "./model";
import { useFilterWords } from "./useFilterWords";
import { ValueInput } from "./ValueInput";

interface FilterBuilderProps {
  fields: FieldBook;
  /** What it begins with; while it is open, it alone changes the filter. */
  filter: FilterGroup;
  onChange: (filter: FilterGroup) => void;
}

export function FilterBuilder({ fields, filter, onChange }: FilterBuilderProps) {
  const kinds = useMemo(() => kindsOf(fields), [fields]);
  const [draft, setDraft] = useState(() => draftOf(filter));
  const change = (next: DraftGroup) => {
    setDraft(next);
    onChange(filterOf(next, kinds));
  };
  const book = {
    fields,
    kinds,
    onPart: (id: number, part: Draft | undefined) => change(withPart(draft, id, part)),
  };
  const isFull = countOf(draft) >= MAX_CONDITIONS;
  return (
    <GroupEditor
      group={draft}
      book={book}
      depth={1}
      isFull={isFull}
      onAdd={(groupId, part) => change(withAdded(draft, groupId, part))}
      onSwitch={(isAny) => change({ ...draft, isAny })}
    />
  );
}

interface Book {
  fields: FieldBook;
  kinds: Kinds;
  onPart: (id: number, part: Draft | undefined) => void;
}

interface GroupEditorProps {
  group: DraftGroup;
  book: Book;
  depth: number;
  isFull: boolean;
  onAdd: (groupId: number, part: Draft) => void;
  onSwitch: (isAny: boolean) => void;
}

function GroupEditor({ group, book, depth, isFull, onAdd, onSwitch }: GroupEditorProps) {
  const { t } = useLingui();
  const [first] = book.fields.keys();
  return (
    <fieldset className={classes.group} aria-label={depth === 1 ? t`Filter` : t`Group of conditions`}>
      <Stack gap="sm">
        {group.parts.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label={t`How the conditions go together`}
            data={[
              { value: "all", label: t`All hold` },
              { value: "any", label: t`Any holds` },
            ]}
            value={group.isAny ? "any" : "all"}
            onChange={(value) => onSwitch(value === "any")}
          />
        )}
        {group.parts.length === 0 && depth === 1 && (
          <Text size="sm" c="dimmed">
            <Trans>No conditions: all rows are shown.</Trans>
          </Text>
        )}
        {group.parts.map((part) =>
          isDraftGroup(part) ? (
            <Group key={part.id} gap="xs" align="flex-start" wrap="nowrap">
              <GroupEditor
                group={part}
                book={book}
                depth={depth + 1}
                isFull={isFull}
                onAdd={onAdd}
                onSwitch={(isAny) => book.onPart(part.id, { ...part, isAny })}
              />
              <Remove label={t`Remove the group`} onClick={() => book.onPart(part.id, undefined)} />
            </Group>
          ) : (
            <ConditionEditor key={part.id} condition={part} book={book} />
          ),
        )}
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<Plus size={14} aria-hidden />}
            disabled={isFull || first === undefined}
            onClick={() => first !== undefined && onAdd(group.id, newCondition(first, book.kinds))}
          >
            <Trans>Add a condition</Trans>
          </Button>
          {depth < MAX_DEPTH && (
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<Plus size={14} aria-hidden />}
              disabled={isFull}
              onClick={() => onAdd(group.id, newGroup(!group.isAny))}
            >
              <Trans>Add a group</Trans>
            </Button>
          )}
        </Group>
      </Stack>
    </fieldset>
  );
}

function ConditionEditor({ condition, book }: { condition: DraftCondition; book: Book }) {
  const { t } = useLingui();
  const words = useFilterWords();
  const field = book.fields.get(condition.field);
  const kind = field?.kind ?? "text";
  const change = (next: Draft) => book.onPart(condition.id, next);
  const choices = [...book.fields.values()].map(({ name, label }) => ({ value: name, label }));
  return (
    <div className={classes.condition}>
      <Select
        size="sm"
        aria-label={t`Field`}
        className={classes.field ?? ""}
        data={choices}
        value={condition.field}
        searchable
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        onChange={(name) => name !== null && change({ ...newCondition(name, book.kinds), id: condition.id })}
      />
      <Select
        size="sm"
        aria-label={t`Comparison`}
        className={classes.operator ?? ""}
        data={operators[kind].map((each) => ({ value: each, label: words.operator(kind, each) }))}
        value={condition.is}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        onChange={(is) => is !== null && change(compared(condition, is as Operator))}
      />
      {field && (
        <ValueInput
          // Another comparison takes another kind of value: the input begins anew.
          key={`${condition.field} ${condition.is}`}
          field={field}
          operator={condition.is}
          value={condition.value}
          onChange={(value) => change(withValue(condition, value))}
        />
      )}
      <Remove label={t`Remove the condition`} onClick={() => book.onPart(condition.id, undefined)} />
    </div>
  );
}

const SINGLE = new Set<Operator>([
  "is",
  "is_not",
  "contains",
  "starts_with",
  "gt",
  "gte",
  "lt",
  "lte",
  "before",
  "after",
]);
const MANY = new Set<Operator>(["any_of", "none_of", "all_of"]);

/** Keeps the value where the new comparison takes the same kind of it. */
function compared(condition: DraftCondition, is: Operator): DraftCondition {
  const stays = [SINGLE, MANY].some((each) => each.has(condition.is) && each.has(is));
  return { ...withValue(condition, stays ? condition.value : undefined), is };
}

function Remove({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <ActionIcon size={28} variant="subtle" color="gray" aria-label={label} title={label} onClick={onClick}>
      <X size={16} />
    </ActionIcon>
  );
}

function countOf(draft: Draft): number {
  return isDraftGroup(draft) ? draft.parts.reduce((sum, each) => sum + countOf(each), 0) : 1;
}
