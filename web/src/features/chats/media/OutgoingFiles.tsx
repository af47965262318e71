/** Files on their way: what they are, how far they have come, and a way to take them back. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { File, Film, Mic, X } from "lucide-react";
import { use, useSyncExternalStore } from "react";
import { ProgressBar } from "@/components/ProgressBar";
import { useWharf } from "../ChatsProvider";
import type { Outgoing, OutgoingFile } from "../messages/log";
import classes from "./OutgoingFiles.module.css";

interface OutgoingFilesProps {
  chatId: string;
  outgoing: Outgoing;
  files: readonly OutgoingFile[];
}

export function OutgoingFiles({ chatId, outgoing, files }: OutgoingFilesProps) {
  return (
    <div className={classes.files}>
      {files.map((file) => (
        <Shown key={file.url} file={file} />
      ))}
      {outgoing.state === "waiting" && <OnTheWay chatId={chatId} clientId={outgoing.clientId} />}
    </div>
  );
}

const ICONS = { video: Film, voice: Mic, document: File };

function Shown({ file }: { file: OutgoingFile }) {
  if (file.kind === "photo") return <img className={classes.picture} src={file.url} alt={file.name} />;
  const Icon = ICONS[file.kind];
  return (
    <span className={classes.file}>
      <Icon size={16} aria-hidden />
      <span dir="auto">{file.name}</span>
    </span>
  );
}

function OnTheWay({ chatId, clientId }: { chatId: string; clientId: string }) {
  const { t } = useLingui();
  const shipments = use(useWharf().shipments());
  const way = useSyncExternalStore(shipments.subscribe, () => shipments.way(clientId));
  return (
    <div className={classes.way}>
      <ProgressBar part={(way.up + way.on) / 2} label={t`Sending the files`} />
      <span className={classes.words}>
        {way.up < 1 ? <Trans>Uploading</Trans> : <Trans>Handing over</Trans>}
      </span>
      <ActionIcon
        size={24}
        variant="subtle"
        aria-label={t`Cancel sending`}
        onClick={() => void shipments.cancel(chatId, clientId)}
      >
        <X size={14} />
      </ActionIcon>
    </div>
  );
}
