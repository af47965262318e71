/** The files of a ticket: what hangs there, what is on its way up, and the way to add and remove them. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, FileButton, UnstyledButton } from "@mantine/core";
import { File as FileIcon, Paperclip, X } from "lucide-react";
import { ProgressBar } from "@/components/ProgressBar";
import { http } from "@/lib/api/client";
import type { FileOut } from "@/lib/api/types";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";
import type { PartProps } from "../PartChoices";
import { useTicketEdits } from "../useTicketEdits";
import classes from "./TicketPanel.module.css";
import { MAX_FILES, type Sending, useSending } from "./useSending";

export function TicketFiles({ ticket, isReadOnly }: PartProps) {
  const { t } = useLingui();
  const edits = useTicketEdits();
  const { files } = ticket;
  const set = (file_ids: string[]) => edits.change(ticket.id, { file_ids });
  const idsOf = (shown: readonly FileOut[]) => shown.map((file) => file.id);
  const { sending, send, stop } = useSending((file) => set([...idsOf(ticket.files), file.id]));
  const room = MAX_FILES - files.length - sending.length;
  return (
    <section className={classes.section}>
      <h3>
        <Trans>Files</Trans>
      </h3>
      <ul className={classes.list}>
        {files.map((file) => (
          <li key={file.id} className={classes.item}>
            <OpenButton file={file} />
            {!isReadOnly && (
              <ActionIcon
                size={28}
                aria-label={t`Remove ${file.name}`}
                onClick={() => void set(idsOf(files).filter((id) => id !== file.id))}
              >
                <X size={14} />
              </ActionIcon>
            )}
          </li>
        ))}
        {sending.map((each) => (
          <OnItsWay key={each.key} sending={each} onStop={() => stop(each)} />
        ))}
      </ul>
      {!isReadOnly && room > 0 && (
        <FileButton
          multiple
          onChange={(picked) => send(picked.slice(0, room))}
          inputProps={{ "aria-label": t`Files` }}
        >
          {(props) => (
            <Button
              {...props}
              variant="subtle"
              size="compact-sm"
              w="fit-content"
              leftSection={<Paperclip size={14} aria-hidden />}
            >
              <Trans>Attach files</Trans>
            </Button>
          )}
        </FileButton>
      )}
    </section>
  );
}

/** A link to a file is good for five minutes, so it is fetched when it is wanted. */
function OpenButton({ file }: { file: FileOut }) {
  const workspaceId = useWorkspace().id;
  const open = async () => {
    try {
      const path = { workspace_id: workspaceId, file_id: file.id };
      const { data } = await http.GET("/workspaces/{workspace_id}/files/{file_id}", { params: { path } });
      if (data) window.open(data.url, "_blank", "noopener");
    } catch (error) {
      notifyProblem(problemText(error));
    }
  };
  return (
    <UnstyledButton className={classes.file} onClick={() => void open()}>
      <FileIcon size={16} aria-hidden />
      <span className={classes.name} dir="auto">
        {file.name}
      </span>
    </UnstyledButton>
  );
}

function OnItsWay({ sending, onStop }: { sending: Sending; onStop: () => void }) {
  const { t } = useLingui();
  const { name } = sending.file;
  return (
    <li className={classes.item}>
      <span className={classes.name} dir="auto">
        {name}
      </span>
      <span className={classes.progress}>
        <ProgressBar part={sending.part} label={t`Uploading ${name}`} />
      </span>
      <ActionIcon size={28} aria-label={t`Cancel ${name}`} onClick={onStop}>
        <X size={14} />
      </ActionIcon>
    </li>
  );
}
