/** A folder's name in the list, and what can be done with it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Menu } from "@mantine/core";
import { Ellipsis, Folder, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ConfirmDialog";
import type { TemplateFolder } from "@/lib/api/types";
import { problemText } from "@/lib/problemText";
import { useDeleteFolder } from "../templates";
import { FolderDialog } from "./FolderDialog";
import classes from "./FolderHead.module.css";
import { useMayWrite } from "./useMayWrite";

export function FolderHead({ folder }: { folder: TemplateFolder }) {
  const { t } = useLingui();
  const [asked, setAsked] = useState<"rename" | "delete">();
  const mayWrite = useMayWrite(folder.is_shared);
  const { name } = folder;
  const close = () => setAsked(undefined);
  return (
    <h3 className={classes.head}>
      <Folder size={14} aria-hidden />
      <span className={classes.name} dir="auto">
        {name}
      </span>
      {mayWrite && (
        <Menu position="bottom-end" width={180}>
          <Menu.Target>
            <ActionIcon size={28} variant="subtle" color="gray" aria-label={t`Folder ${name}`}>
              <Ellipsis size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<Pencil size={16} />} onClick={() => setAsked("rename")}>
              <Trans>Rename</Trans>
            </Menu.Item>
            <Menu.Item leftSection={<Trash2 size={16} />} onClick={() => setAsked("delete")}>
              <Trans>Delete folder</Trans>
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {asked === "rename" && <FolderDialog folder={folder} onClose={close} />}
      {asked === "delete" && <DeleteFolder folder={folder} onClose={close} />}
    </h3>
  );
}

function DeleteFolder({ folder, onClose }: { folder: TemplateFolder; onClose: () => void }) {
  const { t } = useLingui();
  const remove = useDeleteFolder();
  const { name } = folder;
  return (
    <ConfirmDialog
      title={t`Delete folder`}
      action={t`Delete folder`}
      isBusy={remove.isPending}
      problem={remove.error && problemText(remove.error)}
      onConfirm={() => remove.mutate(folder.id, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Trans>
        Delete the folder <strong>{name}</strong>? The templates in it stay.
      </Trans>
    </ConfirmDialog>
  );
}
