/** All tickets of the workspace as a table or a board, and one of them beside it. */

import { msg } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Loader } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { lazy, type ReactNode, Suspense, useMemo } from "react";
import { Beside, ListFooter, ListScreen } from "@/components/ListScreen";
import { PageHeader } from "@/components/PageHeader";
import { RadioBar } from "@/components/RadioBar";
import type { Ticket } from "@/lib/api/types";
import { useMinuteMs } from "@/lib/clock";
import { useShortcuts } from "@/lib/hotkeys";
import { usePageTitle } from "@/lib/pageTitle";
import { useCan, useMe, useWorkspace } from "@/lib/session";
import { useMemberNames } from "./choices";
import { FilterBar } from "./FilterBar";
import { shownTickets } from "./list";
import { TicketPanel } from "./panel/TicketPanel";
import { NoMatch, NoSuchTicket, NoTickets, ReadOnlyNote, TicketsOff, Unloaded } from "./TicketStates";
import classes from "./Tickets.module.css";
import { TicketsTable } from "./TicketsTable";
import { type LoadedTickets, useTickets } from "./tickets";
import { useAreTicketsOn } from "./useAreTicketsOn";
import { TicketEditsProvider, useOwnTicketEdits } from "./useTicketEdits";
import { useWalking } from "./useWalking";
import { isFiltered, type SortedBy, type TicketsWish, unfiltered } from "./wish";

const TicketsBoard = lazy(async () => ({ default: (await import("./TicketsBoard")).TicketsBoard }));
const TicketDialog = lazy(() => import("./TicketDialog"));

interface TicketsScreenProps {
  wish: TicketsWish;
  /** The ticket that is open beside the list. */
  ticketId: string | undefined;
}

export function TicketsScreen(props: TicketsScreenProps) {
  const { t } = useLingui();
  usePageTitle(t`Tickets`, useWorkspace().name);
  if (!useAreTicketsOn()) return <TicketsOff />;
  return <Screen {...props} />;
}

function Screen({ wish, ticketId }: TicketsScreenProps) {
  const edits = useOwnTicketEdits();
  const loaded = useTickets(useWorkspace().id);
  const isReadOnly = !useCan("tickets.edit");
  const shown = useShown(loaded, wish);
  const go = useGoing(wish);
  const open = loaded.tickets.find((each) => each.id === ticketId);
  const isMissing = ticketId !== undefined && !open && !loaded.isPending && !loaded.isLoadingMore;
  useWalking(shown, ticketId, go.open);
  return (
    <TicketEditsProvider value={edits}>
      <ListScreen
        head={<Header wish={wish} onWish={go.wish} onMade={(ticket) => go.open(ticket.id)} />}
        beside={
          <Beside width={400} onClose={() => go.open(undefined)}>
            {open && (
              <TicketPanel
                key={open.id}
                ticket={open}
                isReadOnly={isReadOnly}
                onClose={() => go.open(undefined)}
              />
            )}
            {isMissing && <NoSuchTicket onClose={() => go.open(undefined)} />}
          </Beside>
        }
      >
        <ReadOnlyNote />
        <FilterBar wish={wish} onWish={go.wish} />
        <List {...{ loaded, shown, wish, ticketId, isReadOnly, go }} />
        <ListFooter className={classes.footer ?? ""}>
          {!isUnloaded(loaded) && <Count shown={shown.length} all={loaded.tickets.length} />}
          {loaded.isLoadingMore && <Loader size={14} />}
        </ListFooter>
      </ListScreen>
    </TicketEditsProvider>
  );
}

function useShown(loaded: LoadedTickets, wish: TicketsWish): Ticket[] {
  const userId = useMe().user.id;
  const nameOf = useMemberNames();
  const nowMs = useMinuteMs();
  const { tickets } = loaded;
  // biome-ignore lint/correctness/useExhaustiveDependencies: names matter only where the list is sorted by them.
  return useMemo(
    () => shownTickets(tickets, { wish, userId, nowMs, nameOf }),
    [tickets, wish, userId, nowMs],
  );
}

type Going = ReturnType<typeof useGoing>;

function useGoing(wish: TicketsWish) {
  const navigate = useNavigate();
  const ws = useWorkspace().id;
  return {
    wish: (next: TicketsWish) => void navigate({ to: ".", search: next as never, replace: true }),
    open: (ticketId: string | undefined) =>
      ticketId === undefined
        ? void navigate({ to: "/w/$ws/tickets", params: { ws }, search: wish })
        : void navigate({ to: "/w/$ws/tickets/$ticketId", params: { ws, ticketId }, search: wish }),
  };
}

interface HeaderProps {
  wish: TicketsWish;
  onWish: (wish: TicketsWish) => void;
  onMade: (ticket: Ticket) => void;
}

function Header({ wish, onWish, onMade }: HeaderProps) {
  const { t } = useLingui();
  const mayCreate = useCan("tickets.create");
  const [isCreating, creating] = useDisclosure(false);
  useShortcuts(msg`Tickets`, mayCreate ? [{ keys: "c", label: msg`New ticket`, run: creating.open }] : []);
  return (
    <PageHeader title={<Trans>Tickets</Trans>}>
      <RadioBar
        label={t`Layout`}
        value={wish.layout ?? "table"}
        options={[
          { value: "table", label: t`Table` },
          { value: "board", label: t`Board` },
        ]}
        onChange={(layout) => onWish({ ...wish, layout: layout === "board" ? layout : undefined })}
      />
      {mayCreate && (
        <Button size="sm" leftSection={<Plus size={16} />} title={t`New ticket (C)`} onClick={creating.open}>
          <Trans>New ticket</Trans>
        </Button>
      )}
      <Suspense>
        {isCreating && (
          <TicketDialog
            chatId={wish.chat}
            onClose={creating.close}
            onMade={(ticket) => {
              creating.close();
              onMade(ticket);
            }}
          />
        )}
      </Suspense>
    </PageHeader>
  );
}

interface ListProps {
  loaded: LoadedTickets;
  shown: readonly Ticket[];
  wish: TicketsWish;
  ticketId: string | undefined;
  isReadOnly: boolean;
  go: Going;
}

function List({ loaded, shown, wish, ticketId, isReadOnly, go }: ListProps): ReactNode {
  if (isUnloaded(loaded)) return <Unloaded loaded={loaded} />;
  if (loaded.tickets.length === 0) return <NoTickets />;
  if (shown.length === 0 && isFiltered(wish)) return <NoMatch onClear={() => go.wish(unfiltered(wish))} />;
  if (wish.layout === "board") {
    return (
      <Suspense>
        <TicketsBoard tickets={shown} isReadOnly={isReadOnly} onOpen={go.open} />
      </Suspense>
    );
  }
  const sort = (by: SortedBy) => go.wish({ ...wish, ...nextSort(wish, by) });
  return <TicketsTable tickets={shown} wish={wish} openId={ticketId} isReadOnly={isReadOnly} onSort={sort} />;
}

/** Up, down, and not at all. */
function nextSort({ sort, down }: TicketsWish, by: SortedBy): Pick<TicketsWish, "sort" | "down"> {
  if (sort !== by) return { sort: by, down: undefined };
  return down ? { sort: undefined, down: undefined } : { sort: by, down: true };
}

function isUnloaded({ tickets, isPending, error }: LoadedTickets): boolean {
  return tickets.length === 0 && (isPending || error !== null);
}

function Count({ shown, all }: { shown: number; all: number }) {
  if (shown === all) return <Plural value={all} one="# ticket" other="# tickets" />;
  return (
    <Trans>
      {shown} of {all} tickets
    </Trans>
  );
}
