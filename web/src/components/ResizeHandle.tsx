/** The line between two panes: dragged, or moved with the arrow keys, it says how wide the first one is. */

import { type KeyboardEvent, type PointerEvent, useState } from "react";
import classes from "./ResizeHandle.module.css";

const STEP_PX = 16;

interface ResizeHandleProps {
  label: string;
  /** Pixels. */
  width: number;
  min: number;
  max: number;
  onResize: (width: number) => void;
}

export function ResizeHandle({ label, width, min, max, onResize }: ResizeHandleProps) {
  const [start, setStart] = useState<{ x: number; width: number }>();
  const resize = (wanted: number) => onResize(Math.round(Math.min(max, Math.max(min, wanted))));
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    setStart({ x: event.clientX, width });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft") resize(width - STEP_PX);
    else if (event.key === "ArrowRight") resize(width + STEP_PX);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator is a splitter (ARIA 1.2); <hr> is not.
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      className={classes.handle}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => start && resize(start.width + event.clientX - start.x)}
      onPointerUp={() => setStart(undefined)}
      onPointerCancel={() => setStart(undefined)}
      onKeyDown={onKeyDown}
    />
  );
}
