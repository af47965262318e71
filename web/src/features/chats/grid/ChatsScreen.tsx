/** All chats of the workspace, as a table to work in like in a spreadsheet, or as a board of cards. */

import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useState } from "react";
import type { Area } from "@/components/grid/batch";
import { Beside, ListScreen } from "@/components/ListScreen";
import { PageHeader } from "@/components/PageHeader";
import { LoadingRows } from "@/components/StateBlock";
import { FilterChips } from "@/features/views/filter/FilterChips";
import { takesEverything } from "@/features/views/filter/model";
import type { ViewSearch } from "@/features/views/search";
import { ViewTabs } from "@/features/views/ViewTabs";
import { useShortcuts } from "@/lib/hotkeys";
import { usePageTitle } from "@/lib/pageTitle";
import { useWorkspace } from "@/lib/session";
import { DetailsPanel } from "../inbox/lazyPanes";
import { Footer } from "./Footer";
import { boardKeys, tableKeys } from "./keys";
import { SelectionBar } from "./SelectionBar";
import { ReadOnlyNote, WithRows } from "./TableStates";
import { Toolbar } from "./Toolbar";
import { type TableState, useTable } from "./useTable";

const ChatsTable = lazy(async () => ({ default: (await import("./ChatsTable")).ChatsTable }));
const ChatsBoard = lazy(() => import("../board/ChatsBoard"));

interface ChatsScreenProps {
  peek: string | undefined;
  /** The view of the address. */
  search: ViewSearch;
}

export function ChatsScreen({ peek, search }: ChatsScreenProps) {
  const { t } = useLingui();
  const workspace = useWorkspace();
  usePageTitle(t`Chats`, workspace.name);
  const [text, setText] = useState("");
  const table = useTable(text, search);
  const { content, change } = table;
  useShortcuts(msg`Chats`, content.layout === "board" ? boardKeys : tableKeys);
  const onPeek = usePeek();
  const peeked = table.loaded.chats.find((each) => each.id === peek);
  return (
    <ListScreen
      head={
        <>
          <PageHeader title={<Trans>Chats</Trans>}>
            <Toolbar table={table} text={text} onText={setText} />
          </PageHeader>
          <ViewTabs view={table.view} />
          <FilterChips
            fields={table.fields}
            filter={table.view.filter}
            dropped={table.view.dropped}
            onChange={(filter) => change({ filter })}
          />
        </>
      }
      beside={
        <Beside width={320} onClose={() => onPeek(undefined)}>
          {peeked && <DetailsPanel chat={peeked} place="table" onClose={() => onPeek(undefined)} />}
        </Beside>
      }
    >
      <Main
        table={table}
        peekedRowId={peek}
        isPeeking={peeked !== undefined}
        onPeek={onPeek}
        onClearFilter={() => {
          setText("");
          change({ filter: takesEverything });
        }}
      />
    </ListScreen>
  );
}

interface MainProps {
  table: TableState;
  peekedRowId: string | undefined;
  isPeeking: boolean;
  onPeek: (chatId: string | undefined) => void;
  onClearFilter: () => void;
}

function Main({ table, peekedRowId, isPeeking, onPeek, onClearFilter }: MainProps) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(NOTHING);
  const { areas, onAreas } = useAreas();
  const isBoard = table.content.layout === "board";
  return (
    <>
      <ReadOnlyNote table={table} />
      {!isBoard && <SelectionBar table={table} selected={selected} onSelect={setSelected} />}
      <WithRows table={table} onClearFilter={onClearFilter}>
        <Suspense fallback={<LoadingRows rows={12} height={28} gap={12} />}>
          {isBoard ? (
            <ChatsBoard table={table} onOpen={onPeek} isPeeking={isPeeking} />
          ) : (
            <ChatsTable
              table={table}
              onPeek={onPeek}
              peekedRowId={peekedRowId}
              selected={selected}
              onSelect={setSelected}
              onAreas={onAreas}
            />
          )}
        </Suspense>
      </WithRows>
      <Footer table={table} areas={isBoard ? NO_AREAS : areas} />
    </>
  );
}

const NOTHING: ReadonlySet<string> = new Set();
const NO_AREAS: readonly Area[] = [];

/** What is selected in the grid, where that is more than the cell of the cursor: walking draws nothing anew. */
function useAreas() {
  const [areas, setAreas] = useState(NO_AREAS);
  const onAreas = useCallback((next: readonly Area[]) => {
    const isMore = next.some(({ width, height }) => width * height > 1);
    setAreas(isMore ? next : NO_AREAS);
  }, []);
  return { areas, onAreas };
}

/** The open row stands in the address, so that a link shows the same. Stays the same: the grid paints anew with it. */
function usePeek(): (chatId: string | undefined) => void {
  const navigate = useNavigate({ from: "/w/$ws/chats" });
  return useCallback(
    (peek) => void navigate({ search: (was) => ({ ...was, peek }), replace: true }),
    [navigate],
  );
}
