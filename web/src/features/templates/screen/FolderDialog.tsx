/** Makes a folder, or gives one another name. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, Switch, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Dialog } from "@/components/Dialog";
import { Refusal } from "@/components/Refusal";
import type { TemplateFolder } from "@/lib/api/types";
import { useCan } from "@/lib/session";
import { useCreateFolder, useRenameFolder } from "../templates";

const NAME_MAX = 100;

export function FolderDialog({ folder, onClose }: { folder?: TemplateFolder; onClose: () => void }) {
  const { t } = useLingui();
  const mayShare = useCan("templates.share");
  const [name, setName] = useState(folder?.name ?? "");
  const [isShared, setShared] = useState(folder?.is_shared ?? false);
  const create = useCreateFolder();
  const rename = useRenameFolder();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return;
    if (folder) rename.mutate({ id: folder.id, name, version: folder.version }, { onSuccess: onClose });
    else create.mutate({ name, is_shared: isShared }, { onSuccess: onClose });
  };
  return (
    <Dialog opened onClose={onClose} title={folder ? t`Rename folder` : t`New folder`}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Refusal error={create.error ?? rename.error} />
          <TextInput
            label={t`Name`}
            maxLength={NAME_MAX}
            required
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {!folder && mayShare && (
            <Switch
              label={t`Shared with the workspace`}
              checked={isShared}
              onChange={(event) => setShared(event.currentTarget.checked)}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              <Trans>Cancel</Trans>
            </Button>
            <Button
              type="submit"
              loading={create.isPending || rename.isPending}
              disabled={name.trim() === ""}
            >
              {folder ? <Trans>Rename</Trans> : <Trans>Make folder</Trans>}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
