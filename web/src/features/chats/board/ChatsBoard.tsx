/** The chats as cards in lanes, one lane for every option of a select column. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group } from "@mantine/core";
import { Plus, SquareKanban } from "lucide-react";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { Board } from "@/components/board/Board";
import { EmptyState } from "@/components/StateBlock";
import type { ReadableColumn } from "@/features/fields/columns";
import type { Chat } from "@/lib/api/types";
import { useCan, useWorkspace } from "@/lib/session";
import { useValueEdits } from "../ChatsProvider";
import { fieldOfColumn } from "../grid/chatFields";
import type { TableState } from "../grid/useTable";
import { offerUndo } from "../offerUndo";
import { ChatCard } from "./ChatCard";
import { groupColumn, lanesOf, valueOfLane, withToggled } from "./lanes";

const ColumnDialog = lazy(async () => ({
  default: (await import("@/features/fields/ColumnDialog")).ColumnDialog,
}));

interface ChatsBoardProps {
  table: TableState;
  onOpen: (chatId: string) => void;
  /** A card's details are open; walking on opens the next one's. */
  isPeeking: boolean;
}

export default function ChatsBoard({ table, ...rest }: ChatsBoardProps) {
  const column = groupColumn(table, table.content);
  return column ? <Grouped {...rest} table={table} column={column} /> : <NothingToGroupBy table={table} />;
}

function Grouped({ table, column, onOpen, isPeeking }: ChatsBoardProps & { column: ReadableColumn }) {
  const { t } = useLingui();
  const { columns, ownFields, content, change, loaded } = table;
  const { board } = content;
  const byId = useMemo(() => new Map(loaded.chats.map((chat) => [chat.id, chat])), [loaded.chats]);
  const lanes = useLanes(table, column, byId);
  const fields = useMemo(
    () =>
      [...ownFields, ...columns].filter(
        ({ id }) => board.fields.includes(fieldOfColumn(id)) && id !== column.id,
      ),
    [ownFields, columns, board.fields, column.id],
  );
  return (
    <Board
      label={t`Chats by ${column.name}`}
      lanes={lanes}
      nameOf={useCallback((chatId) => byId.get(chatId)?.title ?? "", [byId])}
      renderCard={useCallback(
        (chatId, title) => {
          const chat = byId.get(chatId);
          return chat && <ChatCard chat={chat} title={title} fields={fields} />;
        },
        [byId, fields],
      )}
      isReadOnly={!useCan("values.edit") || column.conversion !== null}
      onMove={useMove(column, byId, lanes)}
      onOpen={onOpen}
      onWalk={(chatId) => isPeeking && onOpen(chatId)}
      onCollapse={(laneId) =>
        change({ board: { ...board, collapsed: withToggled(board.collapsed, laneId) } })
      }
    />
  );
}

type ById = ReadonlyMap<string, Chat>;

/** In the order and with the filter of the table. */
function useLanes({ sheet, columns, content }: TableState, column: ReadableColumn, byId: ById) {
  const { t, i18n } = useLingui();
  const { board } = content;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language alone.
  return useMemo(() => {
    const chats = sheet.rowIds.flatMap((id) => byId.get(id) ?? []);
    const summed = columns.find(({ id, type }) => fieldOfColumn(id) === board.sum && type === "number");
    const words = { noValue: t`No value`, sum: (name: string, amount: string) => t`${name}: ${amount}` };
    return lanesOf(chats, { column, summed, board, words });
  }, [sheet.rowIds, byId, columns, column, board, i18n.locale]);
}

function useMove(column: ReadableColumn, byId: ById, lanes: ReturnType<typeof useLanes>) {
  const { t } = useLingui();
  const edits = useValueEdits();
  return (chatId: string, laneId: string) => {
    const act = edits.setMany([{ chatId, columnId: column.id, value: valueOfLane(laneId) }]);
    const title = byId.get(chatId)?.title ?? "";
    const lane = lanes.find(({ id }) => id === laneId)?.name ?? "";
    offerUndo(edits, act, t`${title} moved to ${lane}`);
  };
}

/** The workspace has no select column: whoever may makes one from here, and every chat has fields of its own. */
function NothingToGroupBy({ table }: { table: TableState }) {
  const workspaceId = useWorkspace().id;
  const mayAdd = useCan("columns.manage");
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      <EmptyState
        icon={SquareKanban}
        title={<Trans>No column to group by</Trans>}
        action={
          <Group gap="sm" justify="center">
            {mayAdd && (
              <Button leftSection={<Plus size={16} />} onClick={() => setAdding(true)}>
                <Trans>Add column</Trans>
              </Button>
            )}
            {table.ownFields.map(({ id, name }) => (
              <Button
                key={id}
                variant="default"
                onClick={() => table.change({ group_by: fieldOfColumn(id) })}
              >
                <Trans>Group by {name}</Trans>
              </Button>
            ))}
          </Group>
        }
      >
        <Trans>A board has a lane for every option of a select column, such as the stages of a deal.</Trans>
      </EmptyState>
      <Suspense>
        {isAdding && <ColumnDialog workspaceId={workspaceId} onClose={() => setAdding(false)} />}
      </Suspense>
    </>
  );
}
