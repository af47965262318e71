/** The filter in words over the table: a chip a condition or group, each taken away by a click. */

import { Plural, useLingui } from "@lingui/react/macro";
import { CloseButton, Group, Text } from "@mantine/core";
import type { FieldBook } from "../fields";
import classes from "./FilterChips.module.css";
import { type Group as FilterGroup, partsOf, withParts } from "./model";
import { useFilterWords } from "./useFilterWords";

interface FilterChipsProps {
  fields: FieldBook;
  filter: FilterGroup;
  /** How many conditions are left out, since what they name is gone. */
  dropped: number;
  onChange: (filter: FilterGroup) => void;
}

export function FilterChips({ fields, filter, dropped, onChange }: FilterChipsProps) {
  const { t } = useLingui();
  const words = useFilterWords();
  const parts = partsOf(filter);
  if (parts.length === 0 && dropped === 0) return null;
  return (
    <Group gap={6} role="group" aria-label={t`Filter`} className={classes.chips ?? ""}>
      {parts.map((part, place) => {
        const said = words.filter(part, fields);
        return (
          <Group key={JSON.stringify(part)} gap={6} wrap="nowrap">
            {place > 0 && "any" in filter && (
              <Text size="sm" c="dimmed">
                {t`or`}
              </Text>
            )}
            <span className={classes.chip}>
              <bdi className={classes.words}>{said}</bdi>
              <CloseButton
                size={20}
                aria-label={t`Remove: ${said}`}
                onClick={() => onChange(withParts(filter, parts.toSpliced(place, 1)))}
              />
            </span>
          </Group>
        );
      })}
      {dropped > 0 && (
        <Text size="sm" c="dimmed" role="status">
          <Plural
            value={dropped}
            one="# condition is left out: what it names is gone."
            other="# conditions are left out: what they name is gone."
          />
        </Text>
      )}
    </Group>
  );
}
