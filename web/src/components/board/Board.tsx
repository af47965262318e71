/** Lanes side by side with cards in them, moved by dragging, by Alt and the arrows, or by "Move to…". */

import { useLingui } from "@lingui/react/macro";
import { VisuallyHidden } from "@mantine/core";
import {
  type KeyboardEvent,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import { afterEvent } from "@/lib/afterEvent";
import { useLatest } from "@/lib/latest";
import classes from "./Board.module.css";
import type { CardActs } from "./BoardCard";
import { BoardLane } from "./BoardLane";
import { useEdgeScroll } from "./dragging";
import { useBoardFocus } from "./focus";
import { type Lane, laneBeside, laneOf, successor, walked, wishOf } from "./model";

const MoveMenu = lazy(() => import("./MoveMenu"));

interface BoardProps {
  label: string;
  lanes: readonly Lane[];
  /** Keep it like `renderCard`. */
  nameOf: (cardId: string) => string;
  /**
   * The card's content, with the given title in it once. Keep the function while nothing that it shows has changed:
   * every card in sight is drawn anew with another one.
   */
  renderCard: (cardId: string, title: ReactNode) => ReactNode;
  /** Cards are read, not moved. */
  isReadOnly: boolean;
  /** Moves a card at once; its new place comes back with `lanes`. */
  onMove: (cardId: string, laneId: string) => void;
  /** Enter, Space or a click on a card. */
  onOpen: (cardId: string) => void;
  /** The keyboard has come to another card. */
  onWalk?: (cardId: string) => void;
  onCollapse: (laneId: string) => void;
}

/**
 * Tab stops once in each lane; arrows walk over the cards; Alt+←/→ moves the card, M asks where to. Moves are said to
 * screen readers. A card has no place of its own within a lane: the lanes come ordered.
 */
export function Board(props: BoardProps) {
  const { label, lanes, nameOf, onCollapse } = props;
  const box = useRef<HTMLDivElement>(null);
  const { focus, moves, acts } = useBoard(props);
  useEdgeScroll(box);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <fieldset> is for the fields of a form.
    <div
      ref={box}
      role="group"
      aria-label={label}
      className={classes.board}
      {...focus.watch}
      data-testid="board"
    >
      {lanes.map((lane) => (
        <BoardLane
          key={lane.id}
          lane={lane}
          nameOf={nameOf}
          currentId={focus.cardId}
          acts={acts}
          onDrop={moves.move}
          onCollapse={onCollapse}
        />
      ))}
      <Suspense>
        {moves.asked && (
          <MoveMenu
            at={moves.asked}
            lanes={lanes}
            laneId={laneOf(lanes, moves.asked.cardId)?.id ?? ""}
            onMove={moves.moveAsked}
            onClose={moves.stopAsking}
          />
        )}
      </Suspense>
      <VisuallyHidden role="status">{moves.said}</VisuallyHidden>
    </div>
  );
}

function useBoard(props: BoardProps) {
  const boardId = useId();
  const focus = useBoardFocus();
  const latest = useLatest(props);
  const moves = useMoves(latest, focus.goTo);
  const onKeyDown = useBoardKeys(latest, focus.goTo, moves);
  const onOpen = useCallback((cardId: string) => latest.current.onOpen(cardId), [latest]);
  const { renderCard, isReadOnly } = props;
  const { claim } = focus;
  const { ask } = moves;
  const acts = useMemo<CardActs>(
    () => ({ boardId, isReadOnly, renderCard, onOpen, onKeyDown, onMoveMenu: ask, claim }),
    [boardId, isReadOnly, renderCard, onOpen, onKeyDown, ask, claim],
  );
  return { focus, moves, acts };
}

type Latest = { readonly current: BoardProps };
type GoTo = (cardId: string) => void;

interface Asked {
  cardId: string;
  x: number;
  y: number;
}

function useMoves(latest: Latest, goTo: GoTo) {
  const { t } = useLingui();
  const [said, say] = useState("");
  const [asked, setAsked] = useState<Asked>();
  const move = useCallback(
    (cardId: string, laneId: string | undefined) => {
      const { lanes, nameOf, onMove } = latest.current;
      const lane = lanes.find((each) => each.id === laneId);
      if (!lane) return;
      // Where it goes out of sight, the keyboard stays where it was.
      goTo((lane.isCollapsed && successor(lanes, cardId)) || cardId);
      onMove(cardId, lane.id);
      say(t`${nameOf(cardId)} moved to ${lane.name}`);
    },
    [latest, goTo, t],
  );
  const ask = useCallback((cardId: string, beside: HTMLElement) => {
    const { left, bottom } = beside.getBoundingClientRect();
    afterEvent(() => setAsked({ cardId, x: left, y: bottom }));
  }, []);
  const stopAsking = () => {
    setAsked(undefined);
    if (asked) goTo(asked.cardId);
  };
  const moveAsked = (lane: Lane) => {
    setAsked(undefined);
    if (asked) move(asked.cardId, lane.id);
  };
  return { said, say, asked, move, ask, stopAsking, moveAsked };
}

function useBoardKeys(latest: Latest, goTo: GoTo, { move, ask }: ReturnType<typeof useMoves>) {
  return useCallback(
    (cardId: string, event: KeyboardEvent<HTMLElement>) => {
      const wish = wishOf(event);
      if (!wish) return;
      event.preventDefault();
      event.stopPropagation();
      const { onOpen, isReadOnly } = latest.current;
      if (wish.kind === "open") onOpen(cardId);
      else if (wish.kind === "walk")
        walk(latest.current, goTo, walked(latest.current.lanes, cardId, wish.direction));
      else if (isReadOnly) return;
      else if (wish.kind === "ask") ask(cardId, event.currentTarget);
      else move(cardId, laneBeside(latest.current.lanes, cardId, wish.direction)?.id);
    },
    [latest, goTo, move, ask],
  );
}

function walk({ onWalk }: BoardProps, goTo: GoTo, cardId: string | undefined): void {
  if (cardId === undefined) return;
  goTo(cardId);
  onWalk?.(cardId);
}
