/** A small box that hangs under a cell, or at the edge of the grid that the cell has scrolled behind. */

import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { useLatest } from "@/lib/latest";
import classes from "./Grid.module.css";

interface CalloutProps {
  /** The grid's own box. */
  within: RefObject<HTMLElement | null>;
  /** Where the cell is in the window, if the grid knows. */
  find: () => { x: number; y: number; height: number } | undefined;
  /** Another one whenever the grid has scrolled. */
  moved: unknown;
  /** It is gone, and the focus was in it. */
  onLeft: () => void;
  children: ReactNode;
}

const WIDTH = 280;
const HEIGHT = 120;

export function Callout({ within, find, moved, onLeft, children }: CalloutProps) {
  const [at, setAt] = useState<{ left: number; top: number }>();
  const self = useRef<HTMLDivElement>(null);
  const latest = useLatest({ find, onLeft });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cell has another place then.
  useLayoutEffect(() => {
    const box = within.current?.getBoundingClientRect();
    const cell = latest.current.find();
    if (!box || !cell) return;
    const left = Math.min(Math.max(cell.x - box.x, 0), Math.max(box.width - WIDTH, 0));
    const top = Math.min(Math.max(cell.y + cell.height - box.y, 0), Math.max(box.height - HEIGHT, 0));
    setAt({ left, top });
  }, [moved, children, within, latest]);
  useLayoutEffect(() => {
    const element = self.current;
    return () => {
      if (element?.contains(document.activeElement)) latest.current.onLeft();
    };
  }, [latest]);
  return (
    <div ref={self} className={classes.callout} role="alert" style={{ ...at, width: WIDTH }}>
      {children}
    </div>
  );
}
