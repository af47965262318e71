/** One template as it is being written, and how it would reach a chat. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Select, Stack, Switch, Text, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ArrowLeft, Trash2 } from "lucide-react";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { Refusal } from "@/components/Refusal";
import { Attachments } from "@/features/files/Attachments";
import { MAX_FILES } from "@/features/files/misfit";
import { WhoMay } from "@/features/workspaces/WhoMay";
import { ApiError } from "@/lib/api/errors";
import type { Chat } from "@/lib/api/types";
import { useCan, useWorkspace } from "@/lib/session";
import { brokenIn } from "../variables";
import { type Draft, isSame } from "./draft";
import { LeaveGuard } from "./LeaveGuard";
import { Preview } from "./Preview";
import classes from "./TemplateEditor.module.css";
import type { Shelves } from "./TemplateList";
import { TextField } from "./TextField";
import { useMayWrite } from "./useMayWrite";

const NAME_MAX = 100;
const SHORTCUT_MAX = 33;

interface Props {
  /** What is kept by now; the draft differs from it until it is saved. */
  standing: Draft;
  beginning: Draft;
  shelves: Shelves;
  chats: readonly Chat[];
  error: Error | null;
  isSaving: boolean;
  /** What can be done about the error. */
  remedy?: ReactNode;
  onSave: (draft: Draft) => void;
  onDirty?: (isDirty: boolean) => void;
  onDelete?: () => void;
}

export function TemplateEditor(props: Props) {
  const { standing, shelves, chats, error, isSaving, remedy, onSave, onDelete } = props;
  const { draft, change, isDirty } = useDraft(props);
  const mayWrite = useMayWrite(standing.isShared);
  const fields = error instanceof ApiError ? error.fields : {};
  const isReady = draft.name.trim() !== "" && draft.text.trim() !== "" && brokenIn(draft.text).length === 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) onSave(draft);
  };
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <BackLink />
      {!mayWrite && <ReadOnlyNote isShared={standing.isShared} />}
      {error && Object.keys(fields).length === 0 && (
        <Stack gap="xs">
          <Refusal error={error} />
          {remedy && <div>{remedy}</div>}
        </Stack>
      )}
      <Particulars draft={draft} change={change} shelves={shelves} isReadOnly={!mayWrite} problems={fields} />
      <TextField draft={draft} change={change} isReadOnly={!mayWrite} problem={fields.text} />
      <Files draft={draft} change={change} isReadOnly={!mayWrite} />
      <Preview draft={draft} chats={chats} />
      {mayWrite && (
        <Group justify="space-between">
          <Button type="submit" loading={isSaving} disabled={!isDirty || !isReady}>
            <Trans>Save template</Trans>
          </Button>
          {onDelete && (
            <Button
              variant="subtle"
              color="red"
              leftSection={<Trash2 size={16} aria-hidden />}
              onClick={onDelete}
            >
              <Trans>Delete template</Trans>
            </Button>
          )}
        </Group>
      )}
      <LeaveGuard isDirty={isDirty && mayWrite} />
    </form>
  );
}

/** What is written here; it follows what is kept for as long as nothing is. */
function useDraft({ standing, beginning, onDirty }: Props) {
  const [draft, setDraft] = useState(beginning);
  const [base, setBase] = useState(standing);
  if (!isSame(base, standing)) {
    setBase(standing);
    if (isSame(draft, base)) setDraft(standing);
  }
  const isDirty = !isSame(draft, standing);
  useEffect(() => onDirty?.(isDirty), [isDirty, onDirty]);
  const change = (changed: Partial<Draft>) => setDraft((was) => ({ ...was, ...changed }));
  return { draft, change, isDirty };
}

interface ParticularsProps {
  draft: Draft;
  change: (changed: Partial<Draft>) => void;
  shelves: Shelves;
  isReadOnly: boolean;
  problems: Record<string, string>;
}

function Particulars({ draft, change, shelves, isReadOnly, problems }: ParticularsProps) {
  const { t } = useLingui();
  const mayShare = useCan("templates.share");
  const folders = shelves.folders.filter((each) => each.is_shared === draft.isShared);
  return (
    <>
      <div className={classes.particulars}>
        <TextInput
          label={t`Name`}
          required
          maxLength={NAME_MAX}
          readOnly={isReadOnly}
          error={problems.name}
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t`Shortcut`}
          leftSection="/"
          maxLength={SHORTCUT_MAX}
          readOnly={isReadOnly}
          error={problems.shortcut}
          value={draft.shortcut}
          onChange={(event) => change({ shortcut: event.currentTarget.value })}
        />
        <Select
          label={t`Folder`}
          placeholder={t`None`}
          clearable
          clearButtonProps={{ "aria-label": t`No folder` }}
          readOnly={isReadOnly}
          data={folders.map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.folderId}
          onChange={(folderId) => change({ folderId })}
        />
      </div>
      {mayShare && !isReadOnly && (
        <Switch
          label={t`Shared with the workspace`}
          description={t`Everybody here may use it. Otherwise only you see it.`}
          checked={draft.isShared}
          // A folder is of one shelf.
          onChange={(event) => change({ isShared: event.currentTarget.checked, folderId: null })}
        />
      )}
    </>
  );
}

/** They go out behind the text. */
function Files({ draft, change, isReadOnly }: Pick<ParticularsProps, "draft" | "change" | "isReadOnly">) {
  const { t } = useLingui();
  if (isReadOnly && draft.files.length === 0) return null;
  return (
    <section aria-label={t`Files`}>
      <div className={classes.label}>
        <Trans>Files</Trans>
      </div>
      <Attachments
        kind="template"
        files={draft.files}
        most={MAX_FILES}
        isReadOnly={isReadOnly}
        onChange={(files) => change({ files })}
      />
    </section>
  );
}

function ReadOnlyNote({ isShared }: { isShared: boolean }) {
  return (
    <Text size="sm" c="dimmed" component="div">
      <WhoMay action={isShared ? "templates.share" : "values.edit"} />
    </Text>
  );
}

/** On a phone the list is another page. */
function BackLink() {
  const ws = useWorkspace().id;
  return (
    <Link to="/w/$ws/templates" params={{ ws }} className={classes.back}>
      <ArrowLeft size={16} aria-hidden />
      <Trans>All templates</Trans>
    </Link>
  );
}
