/** Makes a column, or changes the name and options of one. Its type never changes. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Input, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { Column } from "@/lib/api/types";
import { problemText } from "@/lib/problemText";
import { type ColumnDraft, type OptionDraft, useChangeColumn, useCreateColumn } from "./columns";
import { OptionsEditor } from "./OptionsEditor";

const NAME_MAX = 100;

interface ColumnDialogProps {
  workspaceId: string;
  /** The column to change; without one a new column is made. */
  column?: Column | undefined;
  onClose: () => void;
}

export function ColumnDialog({ workspaceId, column, onClose }: ColumnDialogProps) {
  const { t } = useLingui();
  return (
    <Modal
      opened
      onClose={onClose}
      size={440}
      title={column ? t`Edit column` : t`New column`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <ColumnForm workspaceId={workspaceId} column={column} onClose={onClose} />
    </Modal>
  );
}

function ColumnForm({ workspaceId, column, onClose }: ColumnDialogProps) {
  const { t } = useLingui();
  const save = useSaveColumn(workspaceId, column);
  const form = useForm<ColumnDraft>({
    initialValues: { name: column?.name ?? "", type: column?.type ?? "text", options: column?.options ?? [] },
    validate: {
      name: (name) => nameProblem(name, t`Give the column a name`, t`At most 100 characters`),
      options: (options) => (hasTwins(options) ? t`Two options have the same name` : null),
    },
  });
  const submit = form.onSubmit(
    (draft) => save.mutate({ ...draft, options: named(draft.options) }, { onSuccess: onClose }),
    (errors) => form.getInputNode(Object.keys(errors)[0] ?? "")?.focus(),
  );
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput data-autofocus label={t`Name`} key={form.key("name")} {...form.getInputProps("name")} />
        <Select
          label={t`Type`}
          data={useTypeChoices()}
          allowDeselect={false}
          disabled={column !== undefined}
          {...form.getInputProps("type")}
        />
        {form.values.type === "select" && (
          <OptionsEditor
            options={form.values.options}
            onChange={(options) => form.setFieldValue("options", options)}
            error={form.errors.options}
          />
        )}
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

function changeOf({ id, version, type }: Column, { name, options }: ColumnDraft) {
  return type === "select" ? { id, version, name, options } : { id, version, name };
}

function useTypeChoices(): { value: Column["type"]; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "text", label: t`Text` },
    { value: "number", label: t`Number` },
    { value: "date", label: t`Date` },
    { value: "select", label: t`Select` },
    { value: "checkbox", label: t`Checkbox` },
  ];
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
