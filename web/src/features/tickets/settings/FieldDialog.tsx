/** Makes a field of tickets, or changes the name and options of one. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Dialog } from "@/components/Dialog";
import { Refusal } from "@/components/Refusal";
import { hasOptions, type OptionDraft } from "@/features/fields/columns";
import { OptionsEditor } from "@/features/fields/OptionsEditor";
import { useTypeNames } from "@/features/fields/typeNames";
import type { TicketField } from "@/lib/api/types";
import { useChangeField, useCreateField } from "../fields";

interface FieldDialogProps {
  /** The field to change; without one a new field is made. */
  field?: TicketField;
  onClose: () => void;
}

export default function FieldDialog({ field, onClose }: FieldDialogProps) {
  const { t } = useLingui();
  const [name, setName] = useState(field?.name ?? "");
  const [type, setType] = useState<TicketField["type"]>(field?.type ?? "text");
  const [options, setOptions] = useState<OptionDraft[]>(field?.options ?? []);
  const [isTried, setTried] = useState(false);
  const save = useSave(field, onClose);
  const isMissing = name.trim() === "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const named = options.filter((option) => option.name.trim() !== "");
    if (!isMissing) save.run({ name: name.trim(), type, options: named });
  };
  return (
    <Dialog opened onClose={onClose} title={field ? t`Edit field` : t`New field`}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Refusal error={save.error} />
          <TextInput
            data-autofocus
            label={t`Name`}
            maxLength={100}
            value={name}
            error={isTried && isMissing ? t`Give the field a name.` : undefined}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {!field && <TypeSelect type={type} onChange={setType} />}
          {hasOptions({ type }) && <OptionsEditor options={options} onChange={setOptions} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              <Trans>Cancel</Trans>
            </Button>
            <Button type="submit" loading={save.isPending}>
              {field ? <Trans>Save field</Trans> : <Trans>Add field</Trans>}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function TypeSelect({
  type,
  onChange,
}: {
  type: TicketField["type"];
  onChange: (type: TicketField["type"]) => void;
}) {
  const { t } = useLingui();
  const data = Object.entries(useTypeNames()).map(([value, label]) => ({ value, label }));
  return (
    <NativeSelect
      label={t`Type`}
      data={data}
      value={type}
      onChange={(event) => onChange(event.currentTarget.value as TicketField["type"])}
    />
  );
}

interface Draft {
  name: string;
  type: TicketField["type"];
  options: OptionDraft[];
}

/** One way for both: create without a field, change with one. */
function useSave(field: TicketField | undefined, onSuccess: () => void) {
  const create = useCreateField();
  const change = useChangeField();
  const { isPending, error } = field ? change : create;
  const run = (draft: Draft) => {
    if (!field) create.mutate(draft, { onSuccess });
    else change.mutate(changeOf(field, draft), { onSuccess });
  };
  return { isPending, error, run };
}

function changeOf(field: TicketField, { name, options }: Draft) {
  const { id, version } = field;
  return hasOptions(field) ? { id, version, name, options } : { id, version, name };
}
