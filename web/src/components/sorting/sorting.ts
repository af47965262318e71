/** Rows of a list dragged to another place by pointer. Drag and drop by the library that the boards use, too. */

import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { type RefObject, useEffect, useState } from "react";

type Box = RefObject<HTMLElement | null>;

/** On which side of a row what is dragged would come to lie. */
export type Edge = "before" | "after";

/** Makes a row of a list one that is dragged by its handle, and that others of the list are dropped at. */
export function useDraggedRow(row: Box, handle: Box, listId: string, rowId: string): Edge | undefined {
  const [edge, setEdge] = useState<Edge>();
  useEffect(() => {
    const [element, dragHandle] = [row.current, handle.current];
    if (!element || !dragHandle) return;
    const ends = [
      draggable({ element, dragHandle, getInitialData: () => ({ listId, rowId }) }),
      dropTargetForElements({
        element,
        canDrop: ({ source: { data } }) => data.listId === listId && data.rowId !== rowId,
        getData: ({ input }) => ({ rowId, edge: edgeAt(element, input.clientY) }),
        onDrag: ({ self }) => setEdge(self.data.edge as Edge),
        onDragLeave: () => setEdge(undefined),
        onDrop: () => setEdge(undefined),
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [row, handle, listId, rowId]);
  return edge;
}

/** Told which row was dropped on which side of which other one. */
export function useDrops(listId: string, onDrop: (rowId: string, edge: Edge, at: string) => void): void {
  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source: { data } }) => data.listId === listId,
        onDrop: ({ source, location }) => {
          const [target] = location.current.dropTargets;
          if (target) onDrop(String(source.data.rowId), target.data.edge as Edge, String(target.data.rowId));
        },
      }),
    [listId, onDrop],
  );
}

function edgeAt(element: Element, y: number): Edge {
  const { top, height } = element.getBoundingClientRect();
  return y < top + height / 2 ? "before" : "after";
}
