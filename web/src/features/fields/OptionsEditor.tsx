/** The options of a select column: names in order, each with one of the ten hues. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Group, Input, Stack, TextInput } from "@mantine/core";
import { Plus, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import type { OptionDraft } from "./columns";
import { HueMenu } from "./HueMenu";
import { nextHue } from "./nextHue";

interface OptionsEditorProps {
  options: OptionDraft[];
  onChange: (options: OptionDraft[]) => void;
  error?: ReactNode;
}

export function OptionsEditor({ options, onChange, error }: OptionsEditorProps) {
  const { t } = useLingui();
  const put = (index: number, option: OptionDraft) => onChange(options.with(index, option));
  return (
    <Input.Wrapper label={t`Options`} labelElement="div" error={error}>
      <Stack gap="xs" mt="xs" mah={280} style={{ overflowY: "auto" }}>
        {options.map((option, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a new option has no id, and its place is its identity here.
          <Group key={index} gap="xs" wrap="nowrap">
            <HueMenu
              hue={option.hue}
              label={t`Colour: ${option.hue}`}
              onPick={(hue) => put(index, { ...option, hue })}
            />
            <TextInput
              flex={1}
              aria-label={t`Option ${index + 1}`}
              value={option.name}
              onChange={(event) => put(index, { ...option, name: event.currentTarget.value })}
            />
            <ActionIcon
              size={32}
              aria-label={t`Remove option ${option.name}`}
              onClick={() => onChange(options.toSpliced(index, 1))}
            >
              <Trash2 size={16} />
            </ActionIcon>
          </Group>
        ))}
      </Stack>
      <Button
        mt="xs"
        variant="subtle"
        size="compact-sm"
        leftSection={<Plus size={14} />}
        onClick={() => onChange([...options, { name: "", hue: nextHue(options) }])}
      >
        <Trans>Add option</Trans>
      </Button>
    </Input.Wrapper>
  );
}
