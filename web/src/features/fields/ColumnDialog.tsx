/** Makes a column, or changes what is said of one. Choosing another type for one that stands shows what that would do. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Checkbox, Group, Input, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import type { Column } from "@/lib/api/types";
import { problemText } from "@/lib/problemText";
import { ConversionForm } from "./ConversionForm";
import {
  type ColumnDraft,
  hasDefault,
  hasOptions,
  type OptionDraft,
  type ReadableColumn,
  useChangeColumn,
  useCreateColumn,
} from "./columns";
import { OptionsEditor } from "./OptionsEditor";
import { sameValue } from "./sameValue";
import { useTypeNames } from "./typeNames";
import { ValueField } from "./ValueField";

const NAME_MAX = 100;
const DESCRIPTION_MAX = 500;

interface ColumnDialogProps {
  workspaceId: string;
  /** The column to change; without one a new column is made. */
  column?: ReadableColumn | undefined;
  onClose: () => void;
}

export function ColumnDialog({ workspaceId, column, onClose }: ColumnDialogProps) {
  const { t } = useLingui();
  const [type, setType] = useState<Column["type"]>(column?.type ?? "text");
  const isConverting = column !== undefined && type !== column.type;
  return (
    <Dialog opened onClose={onClose} title={column ? t`Edit column` : t`New column`}>
      {isConverting ? (
        <ConversionForm
          workspaceId={workspaceId}
          column={column}
          to={type}
          onBack={() => setType(column.type)}
          onClose={onClose}
        />
      ) : (
        <ColumnForm workspaceId={workspaceId} column={column} onConvert={setType} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface ColumnFormProps extends ColumnDialogProps {
  onConvert: (type: Column["type"]) => void;
}

function ColumnForm({ workspaceId, column, onConvert, onClose }: ColumnFormProps) {
  const { t } = useLingui();
  const save = useSaveColumn(workspaceId, column);
  const form = useForm<ColumnDraft>({
    initialValues: draftOf(column),
    validate: {
      name: (name) => nameProblem(name, t`Give the column a name`, t`At most 100 characters`),
      description: (text) => (text.trim().length > DESCRIPTION_MAX ? t`At most 500 characters` : null),
      options: (options) => (hasTwins(options) ? t`Two options have the same name` : null),
    },
  });
  const submit = form.onSubmit(
    (draft) => save.mutate({ ...draft, options: named(draft.options) }, { onSuccess: onClose }),
    (errors) => form.getInputNode(Object.keys(errors)[0] ?? "")?.focus(),
  );
  const setType = (type: Column["type"]) => {
    if (column) onConvert(type);
    else form.setValues({ type, default: null });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput data-autofocus label={t`Name`} key={form.key("name")} {...form.getInputProps("name")} />
        <TypeSelect column={column} type={form.values.type} onChange={setType} />
        <TextInput
          label={t`Description`}
          description={t`What it is for. Shown beside the field.`}
          {...form.getInputProps("description")}
        />
        {hasOptions(form.values) && (
          <OptionsEditor
            options={form.values.options}
            onChange={(options) => form.setFieldValue("options", options)}
            error={form.errors.options}
          />
        )}
        <DefaultField
          column={column}
          draft={form.values}
          onChange={(value) => form.setFieldValue("default", value)}
        />
        <Checkbox
          label={t`Required`}
          description={t`Chats without a value say so; a value can be changed and not be cleared.`}
          {...form.getInputProps("required", { type: "checkbox" })}
        />
        {save.error && <Input.Error role="alert">{problemText(save.error)}</Input.Error>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={save.isPending}>
            {column ? <Trans>Save column</Trans> : <Trans>Add column</Trans>}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface TypeSelectProps {
  column: Column | undefined;
  type: Column["type"];
  onChange: (type: Column["type"]) => void;
}

/** Tags stay what they are, and so does a column while something is done to all its values. */
function TypeSelect({ column, type, onChange }: TypeSelectProps) {
  const { t } = useLingui();
  const names = useTypeNames();
  const isFixed =
    column !== undefined && (column.reserved || column.conversion !== null || column.merge !== null);
  return (
    <Select
      label={t`Type`}
      data={Object.entries(names).map(([value, label]) => ({ value, label }))}
      allowDeselect={false}
      disabled={isFixed}
      value={type}
      onChange={(picked) => picked && onChange(picked as Column["type"])}
    />
  );
}

interface DefaultFieldProps {
  column: ReadableColumn | undefined;
  draft: ColumnDraft;
  onChange: (value: ColumnDraft["default"]) => void;
}

/** What stands where nothing was ever written. A select column has options to choose from once it is there. */
function DefaultField({ column, draft, onChange }: DefaultFieldProps) {
  const { t } = useLingui();
  if (!hasDefault(draft) || (hasOptions(draft) && !column)) return null;
  const options = column?.options ?? [];
  return (
    <ValueField
      column={{ ...NO_COLUMN, type: draft.type, name: t`Default`, options }}
      value={draft.default}
      description={t`Shown in chats where nothing was ever written.`}
      isReadOnly={false}
      onChange={onChange}
    />
  );
}

const NO_COLUMN: Column = {
  id: "",
  key: "",
  name: "",
  type: "text",
  options: [],
  archived_options: [],
  position: 0,
  version: 0,
  description: "",
  required: false,
  reserved: false,
  default: null,
  conversion: null,
  merge: null,
};

/** One mutation for both: create without a column, change with one. */
function useSaveColumn(workspaceId: string, column: Column | undefined) {
  const create = useCreateColumn(workspaceId);
  const change = useChangeColumn(workspaceId);
  const { isPending, error } = column ? change : create;
  const mutate = (draft: ColumnDraft, then: { onSuccess: () => void }) => {
    if (!column) create.mutate(draft, then);
    else change.mutate(changeOf(column, draft), then);
  };
  return { isPending, error, mutate };
}

function changeOf(column: Column, { name, description, options, required, default: standing }: ColumnDraft) {
  const { id, version } = column;
  return {
    ...{ id, version, name, description, required },
    ...(hasOptions(column) && { options }),
    ...(sameValue(column.default, standing) ? {} : { default: { value: standing } }),
  };
}

function draftOf(column: Column | undefined): ColumnDraft {
  const { name, description, type, options, required, default: standing } = column ?? NO_COLUMN;
  return { name, description, type, options, required, default: standing };
}

function nameProblem(name: string, missing: string, long: string): string | null {
  if (name.trim() === "") return missing;
  return name.trim().length > NAME_MAX ? long : null;
}

function named(options: OptionDraft[]): OptionDraft[] {
  return options
    .filter((each) => each.name.trim() !== "")
    .map((each) => ({ ...each, name: each.name.trim() }));
}

function hasTwins(options: OptionDraft[]): boolean {
  const names = named(options).map((each) => each.name.toLocaleLowerCase());
  return new Set(names).size < names.length;
}
