/** The workspace's columns: their order, what they are, what they are used for. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { Plus } from "lucide-react";
import { useState } from "react";
import { SettingsSection } from "@/components/SettingsSection";
import { ErrorState, LoadingRows } from "@/components/StateBlock";
import { SortableList } from "@/components/sorting/SortableList";
import { WhoMay } from "@/features/workspaces/WhoMay";
import { notifyProblem } from "@/lib/notify";
import { usePageTitle } from "@/lib/pageTitle";
import { problemText } from "@/lib/problemText";
import { useCan, useWorkspace } from "@/lib/session";
import { ColumnDialog } from "../ColumnDialog";
import { useColumns, useMoveColumn } from "../columns";
import { FieldRow } from "./FieldRow";

export function FieldsSettings() {
  const { t } = useLingui();
  const workspaceId = useWorkspace().id;
  const mayChange = useCan("columns.manage");
  const [isAdding, setAdding] = useState(false);
  usePageTitle(t`Fields`, t`Settings`);
  return (
    <SettingsSection
      title={<Trans>Fields</Trans>}
      lead={
        mayChange ? (
          <Trans>Columns of the table and fields of every chat, in the order everybody sees them.</Trans>
        ) : (
          <WhoMay action="columns.manage" />
        )
      }
      action={
        mayChange && (
          <Button leftSection={<Plus size={16} />} onClick={() => setAdding(true)}>
            <Trans>Add column</Trans>
          </Button>
        )
      }
    >
      <Fields mayChange={mayChange} />
      {isAdding && <ColumnDialog workspaceId={workspaceId} onClose={() => setAdding(false)} />}
    </SettingsSection>
  );
}

function Fields({ mayChange }: { mayChange: boolean }) {
  const { t } = useLingui();
  const workspaceId = useWorkspace().id;
  const columns = useColumns(workspaceId);
  const move = useMoveColumn(workspaceId);
  if (columns.isPending) return <LoadingRows rows={4} height={44} />;
  if (columns.error) return <ErrorState error={columns.error} onRetry={() => void columns.refetch()} />;
  return (
    <SortableList
      label={t`Fields`}
      rows={columns.data ?? []}
      isFixed={!mayChange}
      onMove={(id, after) =>
        move.mutate({ id, after }, { onError: (error) => notifyProblem(problemText(error)) })
      }
    >
      {(column) => <FieldRow column={column} mayChange={mayChange} />}
    </SortableList>
  );
}
