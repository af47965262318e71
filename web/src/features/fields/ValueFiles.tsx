/** The files of one chat in one column: written as they are attached and taken off, and never put back by Undo. */

import { useLingui } from "@lingui/react/macro";
import { useQueries, useQueryClient } from "@tanstack/react-query";
import { Attachments } from "@/features/files/Attachments";
import { fileQuery } from "@/features/files/fileQuery";
import type { FileOut } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";
import type { CellValue } from "./values";

const MAX_FILES = 20;

interface ValueFilesProps {
  value: CellValue;
  isReadOnly?: boolean;
  onChange: (value: CellValue) => void;
}

export default function ValueFiles({ value, isReadOnly = false, onChange }: ValueFilesProps) {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  const files = useFiles(Array.isArray(value) ? value : []);
  const put = (wanted: readonly FileOut[]) => {
    // What was just put up is known here: nobody has to ask for its name.
    for (const file of wanted) client.setQueryData(fileQuery(workspaceId, file.id).queryKey, file);
    onChange(wanted.length > 0 ? wanted.map(({ id }) => id) : null);
  };
  return (
    <Attachments
      kind="value"
      files={files}
      most={MAX_FILES}
      isReadOnly={isReadOnly}
      asksFirst
      onChange={put}
    />
  );
}

/** Files by their ids. One whose name is not known yet has a place all the same: what is written is the whole list. */
function useFiles(ids: readonly string[]): FileOut[] {
  const { t } = useLingui();
  const workspaceId = useWorkspace().id;
  const found = useQueries({ queries: ids.map((id) => fileQuery(workspaceId, id)) });
  return ids.map((id, place) => {
    const { data, isPending } = found[place] ?? {};
    return data ?? { id, name: isPending ? t`Loading` : t`A file`, size: 0, type: "", has_preview: false };
  });
}
