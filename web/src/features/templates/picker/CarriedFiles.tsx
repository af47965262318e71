/** The files of a template that follow the text: fetched while somebody still writes, each with a way out. */

import { t } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Loader } from "@mantine/core";
import { Paperclip, X } from "lucide-react";
import { useEffect } from "react";
import type { FileOut } from "@/lib/api/types";
import { fetchFile } from "@/lib/files";
import { notifyProblem } from "@/lib/notify";
import { useWorkspace } from "@/lib/session";
import { sizeText } from "@/lib/sizes";
import classes from "./CarriedFiles.module.css";
import type { Carried, Carry } from "./carried";

export function CarriedFiles({ files, onCarry }: { files: readonly Carried[]; onCarry: Carry }) {
  const { t } = useLingui();
  return (
    <ul className={classes.files} aria-label={t`Files that follow the text`}>
      {files.map((each) => (
        <Chip key={each.file.id} carried={each} onCarry={onCarry} />
      ))}
    </ul>
  );
}

function Chip({ carried: { file, fetched }, onCarry }: { carried: Carried; onCarry: Carry }) {
  const { t } = useLingui();
  const { name } = file;
  useFetching(file, fetched === null, onCarry);
  return (
    <li className={classes.file}>
      {fetched ? <Paperclip size={14} aria-hidden /> : <Loader size={14} aria-label={t`Fetching ${name}`} />}
      <span className={classes.name} dir="auto">
        {name}
      </span>
      <span className={classes.size}>{fetched ? sizeText(file.size) : <Trans>on its way</Trans>}</span>
      <ActionIcon
        size={24}
        variant="subtle"
        color="gray"
        aria-label={t`Leave ${name} out`}
        onClick={() => onCarry((all) => all.filter((each) => each.file.id !== file.id))}
      >
        <X size={14} />
      </ActionIcon>
    </li>
  );
}

/** What can't be fetched is left out, and said. */
function useFetching(file: FileOut, isWanted: boolean, onCarry: Carry): void {
  const workspaceId = useWorkspace().id;
  useEffect(() => {
    const { name } = file;
    if (!isWanted) return;
    const abort = new AbortController();
    fetchFile(workspaceId, file, abort.signal).then(
      (fetched) => onCarry((all) => all.map((each) => (each.file.id === file.id ? { file, fetched } : each))),
      () => {
        if (abort.signal.aborted) return;
        onCarry((all) => all.filter((each) => each.file.id !== file.id));
        notifyProblem(
          t`${name} could not be fetched and is left out. Choose the template again to try again.`,
        );
      },
    );
    return () => abort.abort();
  }, [workspaceId, file, isWanted, onCarry]);
}
