/** A group's name and description. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Input, Stack, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Dialog } from "@/components/Dialog";
import { useGroupChange } from "./chatInfo";
import { refusalText } from "./telegramRefusals";

interface EditGroupDialogProps {
  chatId: string;
  title: string;
  about: string;
  onClose: () => void;
}

export function EditGroupDialog({ chatId, title, about, onClose }: EditGroupDialogProps) {
  const { t } = useLingui();
  const [newTitle, setTitle] = useState(title);
  const [newAbout, setAbout] = useState(about);
  const edit = useGroupChange("group.edit", chatId, { isToldHere: true });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const changes = {
      ...(newTitle.trim() === title ? {} : { title: newTitle.trim() }),
      ...(newAbout.trim() === about ? {} : { about: newAbout.trim() }),
    };
    if (Object.keys(changes).length === 0) onClose();
    else edit.mutate(changes, { onSuccess: onClose });
  };
  return (
    <Dialog opened onClose={onClose} title={t`Name and description`}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={t`Name`}
            required
            maxLength={128}
            data-autofocus
            value={newTitle}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <Textarea
            label={t`Description`}
            maxLength={255}
            autosize
            minRows={2}
            value={newAbout}
            onChange={(event) => setAbout(event.currentTarget.value)}
          />
          {edit.error && <Input.Error role="alert">{refusalText(edit.error)}</Input.Error>}
          <Group justify="flex-end">
            <Button type="submit" loading={edit.isPending} disabled={newTitle.trim() === ""}>
              <Trans>Save</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
