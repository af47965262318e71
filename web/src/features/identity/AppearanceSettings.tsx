/** How Wireroom looks and listens in this browser. */

import { Trans, useLingui } from "@lingui/react/macro";
import { SegmentedControl, Stack, Switch, Text, useMantineColorScheme } from "@mantine/core";
import { type ReactNode, useId } from "react";

import { SettingsSection } from "@/components/SettingsSection";
import { usePageTitle } from "@/lib/pageTitle";
import { usePreference } from "@/lib/preferences";

export function AppearanceSettings() {
  const { t } = useLingui();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [density, setDensity] = usePreference("density");
  const [singleKeys, setSingleKeys] = usePreference("single-keys");
  usePageTitle(t`Appearance`, t`Settings`);
  return (
    <SettingsSection title={<Trans>Appearance</Trans>} lead={<Trans>Kept in this browser.</Trans>}>
      <Stack gap="xl" align="flex-start">
        <Choice
          label={<Trans>Theme</Trans>}
          value={colorScheme}
          onChange={setColorScheme}
          options={[
            { value: "auto", label: t`System` },
            { value: "light", label: t`Light` },
            { value: "dark", label: t`Dark` },
          ]}
        />
        <Choice
          label={<Trans>Density</Trans>}
          value={density}
          onChange={setDensity}
          options={[
            { value: "comfortable", label: t`Comfortable` },
            { value: "compact", label: t`Compact` },
          ]}
        />
        <Switch
          label={t`Shortcuts with a single key`}
          description={t`Such as g then i for the inbox. Shortcuts with Ctrl or ⌘ always work.`}
          checked={singleKeys === "on"}
          onChange={(event) => setSingleKeys(event.currentTarget.checked ? "on" : "off")}
        />
      </Stack>
    </SettingsSection>
  );
}

interface ChoiceProps<V extends string> {
  label: ReactNode;
  value: V;
  onChange: (value: V) => void;
  options: { value: V; label: string }[];
}

function Choice<V extends string>({ label, value, onChange, options }: ChoiceProps<V>) {
  const id = useId();
  return (
    <Stack gap="xs" align="flex-start">
      <Text id={id} fw={500}>
        {label}
      </Text>
      <SegmentedControl
        aria-labelledby={id}
        data={options}
        value={value}
        onChange={(next) => onChange(next as V)}
      />
    </Stack>
  );
}
