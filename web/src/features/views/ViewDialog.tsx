/** Names a view: a new one of what is shown, a copy, or the current one. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Input, Radio, Stack, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Dialog } from "@/components/Dialog";
import type { View } from "@/lib/api/types";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";
import { icons } from "./icons";
import type { OpenView } from "./useView";
import classes from "./ViewDialog.module.css";
import { type Icon, useChangeView, useCreateView } from "./views";

const NAME_MAX = 80;

interface ViewDialogProps {
  act: "create" | "rename" | "copy";
  open: OpenView;
  onClose: () => void;
}

export default function ViewDialog({ act, open, onClose }: ViewDialogProps) {
  const { t } = useLingui();
  const titles = { create: t`New view`, rename: t`Name and icon`, copy: t`Duplicate the view` };
  return (
    <Dialog opened onClose={onClose} title={titles[act]}>
      <ViewForm act={act} open={open} onClose={onClose} />
    </Dialog>
  );
}

interface ViewDraft {
  name: string;
  icon: Icon | null;
  is_shared: boolean;
}

function ViewForm({ act, open, onClose }: ViewDialogProps) {
  const { t } = useLingui();
  const save = useSave(act, open);
  const { current } = open;
  const form = useForm<ViewDraft>({
    initialValues: {
      name: firstName(act, current, (name) => t`Copy of ${name}`),
      icon: act === "create" ? null : (current?.icon ?? null),
      is_shared: false,
    },
    validate: {
      name: (name) => {
        if (name.trim() === "") return t`Give the view a name`;
        return name.trim().length > NAME_MAX ? t`At most ${NAME_MAX} characters` : null;
      },
    },
  });
  const submit = form.onSubmit(
    (draft) => save.mutate(draft, onClose),
    (errors) => form.getInputNode(Object.keys(errors)[0] ?? "")?.focus(),
  );
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput data-autofocus label={t`Name`} {...form.getInputProps("name")} />
        <IconField value={form.values.icon} onChange={(icon) => form.setFieldValue("icon", icon)} />
        {act !== "rename" && (
          <Switch
            label={t`Share with the workspace`}
            description={t`Off: only you see it.`}
            {...form.getInputProps("is_shared", { type: "checkbox" })}
          />
        )}
        {save.error && <Input.Error role="alert">{problemText(save.error)}</Input.Error>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={save.isPending}>
            <Trans>Save view</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function firstName(act: ViewDialogProps["act"], view: View | undefined, copyOf: (name: string) => string) {
  if (act === "create" || !view) return "";
  return act === "rename" ? view.name : copyOf(view.name).slice(0, NAME_MAX);
}

/** Saves what is shown as a new view and opens it, or renames the current one. */
function useSave(act: ViewDialogProps["act"], { current, body, open }: OpenView) {
  const workspaceId = useWorkspace().id;
  const create = useCreateView(workspaceId);
  const change = useChangeView(workspaceId);
  const { isPending, error } = act === "rename" ? change : create;
  const mutate = (draft: ViewDraft, onDone: () => void) => {
    const { name, icon } = draft;
    if (act === "rename" && current) {
      change.mutate({ view: current, change: { name, icon } }, { onSuccess: onDone });
      return;
    }
    create.mutate(
      { ...draft, content: body },
      {
        onSuccess: (made) => {
          onDone();
          if (made) open(made.id);
        },
      },
    );
  };
  return { isPending, error, mutate };
}

function IconField({ value, onChange }: { value: Icon | null; onChange: (icon: Icon | null) => void }) {
  const { t } = useLingui();
  const names = useIconNames();
  return (
    <Radio.Group
      label={t`Icon`}
      value={value ?? NO_ICON}
      onChange={(icon) => onChange(icon === NO_ICON ? null : (icon as Icon))}
    >
      <Group gap={6} mt={4}>
        <Radio.Card value={NO_ICON} className={classes.icon ?? ""} aria-label={t`No icon`}>
          –
        </Radio.Card>
        {Object.entries(icons).map(([icon, Picture]) => (
          <Radio.Card key={icon} value={icon} className={classes.icon ?? ""} aria-label={names[icon as Icon]}>
            <Picture size={16} aria-hidden />
          </Radio.Card>
        ))}
      </Group>
    </Radio.Group>
  );
}

const NO_ICON = "none";

function useIconNames(): Record<Icon, string> {
  const { t } = useLingui();
  return {
    bell: t`Bell`,
    bolt: t`Lightning`,
    calendar: t`Calendar`,
    check: t`Check mark`,
    clock: t`Clock`,
    flag: t`Flag`,
    flame: t`Flame`,
    heart: t`Heart`,
    inbox: t`Inbox`,
    star: t`Star`,
    tag: t`Tag`,
    users: t`People`,
  };
}
