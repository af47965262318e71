/** One lane: its name and count, and its cards, of which only those in sight are mounted. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { ChevronsLeftRight, ChevronsRightLeft } from "lucide-react";
import { memo, useEffect, useId, useRef, useState } from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import classes from "./Board.module.css";
import { BoardCard, type CardActs } from "./BoardCard";
import { useDropLane, useEdgeScroll } from "./dragging";
import type { Lane } from "./model";

interface BoardLaneProps {
  lane: Lane;
  nameOf: (cardId: string) => string;
  currentId: string | undefined;
  acts: CardActs;
  onDrop: (cardId: string, laneId: string) => void;
  onCollapse: (laneId: string) => void;
}

export function BoardLane({ lane, onDrop, onCollapse, ...cards }: BoardLaneProps) {
  const box = useRef<HTMLElement>(null);
  const headingId = useId();
  const { boardId } = cards.acts;
  const isOver = useDropLane(box, { boardId, laneId: lane.id }, onDrop);
  return (
    <section
      ref={box}
      className={classes.lane}
      aria-labelledby={headingId}
      data-over={isOver}
      data-collapsed={lane.isCollapsed ?? false}
      data-lane={lane.id}
    >
      <LaneHead lane={lane} headingId={headingId} onCollapse={onCollapse} />
      {!lane.isCollapsed && <Cards lane={lane} {...cards} />}
    </section>
  );
}

interface LaneHeadProps {
  lane: Lane;
  headingId: string;
  onCollapse: (laneId: string) => void;
}

/** Stays as it is while a card is held over the lane. */
const LaneHead = memo(function LaneHead({ lane, headingId, onCollapse }: LaneHeadProps) {
  const { t } = useLingui();
  const { name, hue, note, isCollapsed = false } = lane;
  const Icon = isCollapsed ? ChevronsLeftRight : ChevronsRightLeft;
  return (
    <header className={classes.head}>
      <h2 id={headingId} className={classes.name}>
        {hue && <span aria-hidden className={classes.dot} style={{ background: `var(--hue-${hue}-text)` }} />}
        <span className={classes.label} dir="auto" title={name}>
          {name}
        </span>
        <span className={classes.count}>
          {lane.cardIds.length.toLocaleString()}
          <span className={classes.hidden}>
            {" "}
            <Plural value={lane.cardIds.length} one="card" other="cards" />
          </span>
        </span>
      </h2>
      <ActionIcon
        size={28}
        aria-label={isCollapsed ? t`Expand ${name}` : t`Collapse ${name}`}
        aria-expanded={!isCollapsed}
        onClick={() => onCollapse(lane.id)}
      >
        <Icon size={16} />
      </ActionIcon>
      {note && !isCollapsed && <p className={classes.note}>{note}</p>}
    </header>
  );
});

type CardsProps = Pick<BoardLaneProps, "lane" | "nameOf" | "currentId" | "acts">;

/** Stay as they are while a card is held over the lane. */
const Cards = memo(function Cards(props: CardsProps) {
  if (props.lane.cardIds.length > 0) return <CardsInSight {...props} />;
  return (
    <p className={classes.empty}>
      <Trans>No cards</Trans>
    </p>
  );
});

/** Mounted however far away they are: the card Tab stops at, so that the lane can be entered, and the dragged one. */
function CardsInSight({ lane, nameOf, currentId, acts }: CardsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const [draggedId, setDraggedId] = useState<string>();
  const { cardIds } = lane;
  const current = currentId === undefined ? -1 : cardIds.indexOf(currentId);
  const stop = Math.max(current, 0);
  const dragged = draggedId === undefined ? -1 : cardIds.indexOf(draggedId);
  useEdgeScroll(scroller);
  useEffect(() => {
    if (current >= 0) list.current?.scrollToIndex(current, { align: "nearest" });
  }, [current]);
  return (
    <div ref={scroller} className={classes.scroll}>
      <Virtualizer
        ref={list}
        scrollRef={scroller}
        as="ul"
        item="li"
        data={cardIds}
        keepMounted={[stop, dragged].filter((index) => index >= 0)}
      >
        {(cardId, index) => (
          <BoardCard
            key={cardId}
            cardId={cardId}
            laneId={lane.id}
            name={nameOf(cardId)}
            isStop={index === stop}
            isCurrent={index === current}
            acts={acts}
            onDragging={setDraggedId}
          />
        )}
      </Virtualizer>
    </div>
  );
}
