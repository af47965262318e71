/** One value for many chats: which field, which value, how far it came, and the way back. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Group, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import { useAccounts } from "@/features/accounts/accounts";
import { useColumns } from "@/features/fields/columns";
import { ValueField } from "@/features/fields/ValueField";
import type { CellValue } from "@/features/fields/values";
import type { BulkEdit, Column } from "@/lib/api/types";
import { MOST_SELECTED } from "@/lib/selections";
import { useWorkspace } from "@/lib/session";
import { manyChatsColumns } from "../details/cardColumns";
import { BulkResult, useBulkResult } from "./BulkResult";
import { useStartBulkEdit } from "./bulkEdits";
import { ShareOut } from "./ShareOut";

const SHARE_OUT = "share out";

interface BulkEditDialogProps {
  chatIds: readonly string[];
  onClose: () => void;
}

export function BulkEditDialog({ chatIds, onClose }: BulkEditDialogProps) {
  const [begun, setBegun] = useState<readonly BulkEdit[]>([]);
  const result = useBulkResult(begun);
  const title = <Plural value={chatIds.length} one="Edit # chat" other="Edit # chats" />;
  const close = () => {
    result.offerUndo();
    onClose();
  };
  return (
    <Dialog opened onClose={close} title={title}>
      {begun.length > 0 ? (
        <BulkResult result={result} onClose={close} />
      ) : (
        <Wish chatIds={chatIds} onBegun={setBegun} />
      )}
    </Dialog>
  );
}

interface WishProps {
  chatIds: readonly string[];
  onBegun: (edits: BulkEdit[]) => void;
}

function Wish({ chatIds, onBegun }: WishProps) {
  const { t } = useLingui();
  const columns = useEditable();
  const [picked, setPicked] = useState<string | null>(null);
  const column = columns.find((each) => each.id === picked);
  const people = columns.find((each) => each.key === "assignee")?.options ?? [];
  if (chatIds.length > MOST_SELECTED) {
    return (
      <Alert color="yellow">
        <Trans>At most 1,000 chats are edited at once. Filter the rows further.</Trans>
      </Alert>
    );
  }
  const choices = columns.map((each) => ({ value: each.id, label: each.name }));
  return (
    <Stack gap="md">
      <Select
        label={t`Field`}
        placeholder={t`Choose a field`}
        data={[
          ...choices.slice(0, 1),
          { value: SHARE_OUT, label: t`Assignee, shared out` },
          ...choices.slice(1),
        ]}
        value={picked}
        onChange={setPicked}
        allowDeselect={false}
        data-autofocus
      />
      {picked === SHARE_OUT && <ShareOut chatIds={chatIds} people={people} onBegun={onBegun} />}
      {column && <OneValue key={column.id} column={column} chatIds={chatIds} onBegun={onBegun} />}
    </Stack>
  );
}

function OneValue({ column, chatIds, onBegun }: WishProps & { column: Column }) {
  const [value, setValue] = useState<CellValue>(null);
  const start = useStartBulkEdit();
  const isOfFiles = column.type === "files";
  const apply = () =>
    start.mutate({ chatIds, columnId: column.id, value }, { onSuccess: (edit) => onBegun([edit]) });
  return (
    <>
      {isOfFiles ? (
        <Text>
          <Trans>Files are attached chat by chat. Here they are removed from all of these chats.</Trans>
        </Text>
      ) : (
        <ValueField column={column} value={value} isReadOnly={false} onChange={setValue} />
      )}
      {value === null && !isOfFiles && (
        <Text size="sm" c="dimmed">
          <Trans>Without a value the field is cleared.</Trans>
        </Text>
      )}
      <Group justify="flex-end">
        <Button loading={start.isPending} onClick={apply}>
          <Trans>Apply</Trans>
        </Button>
      </Group>
    </>
  );
}

/** Assignee and priority, then the workspace's own columns, but for those whose values are being rewritten. */
function useEditable(): Column[] {
  const columns = useColumns(useWorkspace().id).data ?? [];
  const accounts = useAccounts().data?.accounts ?? [];
  return [...manyChatsColumns(accounts), ...columns.filter(isEditable)];
}

function isEditable({ conversion, merge }: Column): boolean {
  return !conversion && !merge;
}
