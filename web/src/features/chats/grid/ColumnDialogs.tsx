/** The dialog that a column's menu or the + button asked for. */

import { ColumnDialog } from "@/features/fields/ColumnDialog";
import { DeleteColumnDialog } from "@/features/fields/DeleteColumnDialog";
import type { Chat, Column } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";
import { filledCount } from "./sheet";

export type ColumnAct =
  | { kind: "add" }
  | { kind: "edit"; column: Column }
  | { kind: "delete"; column: Column };

interface ColumnDialogsProps {
  act: ColumnAct;
  chats: readonly Chat[];
  onClose: () => void;
}

export function ColumnDialogs({ act, chats, onClose }: ColumnDialogsProps) {
  const workspaceId = useWorkspace().id;
  switch (act.kind) {
    case "add":
      return <ColumnDialog workspaceId={workspaceId} onClose={onClose} />;
    case "edit":
      return <ColumnDialog workspaceId={workspaceId} column={act.column} onClose={onClose} />;
    case "delete":
      return (
        <DeleteColumnDialog
          workspaceId={workspaceId}
          column={act.column}
          valueCount={filledCount(chats, act.column.id)}
          onClose={onClose}
        />
      );
  }
}
