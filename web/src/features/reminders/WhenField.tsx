/** When a reminder is due: a time with a name, or one of the wall clock. */

import { useLingui } from "@lingui/react/macro";
import { Group, Select, TextInput } from "@mantine/core";
import { useState } from "react";

import type { ReminderWhen } from "@/lib/api/types";

import { PRESETS, type Preset, presetNames } from "./words";

const CUSTOM = "custom";

interface Props {
  /** Null while nothing whole stands in it. */
  onChange: (when: ReminderWhen | null) => void;
  /** Whether the label is read, and not seen. */
  isCompact?: boolean;
}

/** Begins with tomorrow. */
export const AT_FIRST: ReminderWhen = { preset: "tomorrow" };

export function WhenField({ onChange, isCompact = false }: Props) {
  const { t, i18n } = useLingui();
  const [chosen, setChosen] = useState<Preset | typeof CUSTOM>("tomorrow");
  const choose = (next: string | null) => {
    if (next === null) return;
    setChosen(next as typeof chosen);
    onChange(next === CUSTOM ? null : { preset: next as Preset });
  };
  const label = t`When`;
  return (
    <Group gap="sm" align="flex-end">
      <Select
        label={isCompact ? undefined : label}
        aria-label={isCompact ? label : undefined}
        w={190}
        allowDeselect={false}
        value={chosen}
        onChange={choose}
        data={[
          ...PRESETS.map((preset) => ({ value: preset as string, label: i18n._(presetNames[preset]) })),
          { value: CUSTOM, label: t`At a time` },
        ]}
      />
      {chosen === CUSTOM && (
        <TextInput
          type="datetime-local"
          aria-label={t`Date and time`}
          onChange={({ currentTarget: { value } }) => onChange(value === "" ? null : { wall: value })}
        />
      )}
    </Group>
  );
}
