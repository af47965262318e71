/** Cards dragged from lane to lane by pointer. The only room that knows the drag-and-drop library. */

import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { autoScrollForElements } from "@atlaskit/pragmatic-drag-and-drop-auto-scroll/element";
import { type RefObject, useEffect, useState } from "react";

/** Cards are dropped on lanes of their own board alone. */
export interface DraggedCard {
  boardId: string;
  cardId: string;
  laneId: string;
}

type Box = RefObject<HTMLElement | null>;

/** Makes an element a card that can be dragged while it is not `isFixed`. */
export function useDraggedCard(box: Box, card: DraggedCard, isFixed: boolean, onDragging: OnDragging): void {
  const { boardId, cardId, laneId } = card;
  useEffect(() => {
    const element = box.current;
    if (!element || isFixed) return;
    return draggable({
      element,
      getInitialData: () => ({ boardId, cardId, laneId }),
      onDragStart: () => onDragging(cardId),
      onDrop: () => onDragging(undefined),
    });
  }, [box, boardId, cardId, laneId, isFixed, onDragging]);
}

/** Told which card is under way, and that none is any more. */
export type OnDragging = (cardId: string | undefined) => void;

/** Makes an element a lane that takes cards of other lanes. True while one is held over it. */
export function useDropLane(
  box: Box,
  lane: { boardId: string; laneId: string },
  onDrop: (cardId: string, laneId: string) => void,
): boolean {
  const [isOver, setOver] = useState(false);
  const { boardId, laneId } = lane;
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    return dropTargetForElements({
      element,
      canDrop: ({ source: { data } }) => data.boardId === boardId && data.laneId !== laneId,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source: { data } }) => {
        setOver(false);
        onDrop(String(data.cardId), laneId);
      },
    });
  }, [box, boardId, laneId, onDrop]);
  return isOver;
}

/** Scrolls an element when a card is held near its edge. */
export function useEdgeScroll(box: Box): void {
  useEffect(() => {
    const element = box.current;
    return element ? autoScrollForElements({ element }) : undefined;
  }, [box]);
}
