/** One card: its title is the button that opens it, and the whole card is what is dragged. */

import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { MoveRight } from "lucide-react";
import { type KeyboardEvent, memo, type ReactNode, useEffect, useRef } from "react";
import classes from "./Board.module.css";
import { type OnDragging, useDraggedCard } from "./dragging";

/** What a board does with its cards. Keep it the same object, or every card is drawn anew. */
export interface CardActs {
  boardId: string;
  isReadOnly: boolean;
  /** The card's content; `title` is to stand in it once. */
  renderCard: (cardId: string, title: ReactNode) => ReactNode;
  onOpen: (cardId: string) => void;
  onKeyDown: (cardId: string, event: KeyboardEvent<HTMLElement>) => void;
  onMoveMenu: (cardId: string, button: HTMLElement) => void;
  claim: (cardId: string, button: HTMLElement) => void;
}

interface BoardCardProps {
  cardId: string;
  laneId: string;
  name: string;
  /** The one stop that Tab makes in this lane. */
  isStop: boolean;
  /** The card the keyboard was at last in the whole board. */
  isCurrent: boolean;
  acts: CardActs;
  onDragging: OnDragging;
}

export const BoardCard = memo(function BoardCard(props: BoardCardProps) {
  const { cardId, laneId, name, isStop, isCurrent, acts, onDragging } = props;
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLElement>(null);
  const { boardId, claim, isReadOnly } = acts;
  useDraggedCard(box, { boardId, cardId, laneId }, isReadOnly, onDragging);
  useEffect(() => {
    if (isCurrent && button.current) claim(cardId, button.current);
  }, [isCurrent, claim, cardId]);
  const title = (
    // biome-ignore lint/a11y/useSemanticElements: Firefox begins no drag on a <button>, and this one covers its card.
    <span
      ref={button}
      role="button"
      tabIndex={isStop ? 0 : -1}
      className={classes.title}
      data-card-button={cardId}
      aria-keyshortcuts={isReadOnly ? undefined : "Alt+ArrowLeft Alt+ArrowRight M"}
      dir="auto"
      onClick={() => acts.onOpen(cardId)}
      onKeyDown={(event) => acts.onKeyDown(cardId, event)}
    >
      {name}
    </span>
  );
  return (
    <div ref={box} className={classes.card} data-fixed={isReadOnly}>
      {acts.renderCard(cardId, title)}
      {!isReadOnly && <MoveButton cardId={cardId} name={name} isStop={isStop} acts={acts} />}
    </div>
  );
});

function MoveButton({
  cardId,
  name,
  isStop,
  acts,
}: Pick<BoardCardProps, "cardId" | "name" | "isStop" | "acts">) {
  const { t } = useLingui();
  return (
    <ActionIcon
      size={28}
      className={classes.move ?? ""}
      aria-label={t`Move ${name} to…`}
      title={t`Move to… (M)`}
      aria-haspopup="menu"
      tabIndex={isStop ? 0 : -1}
      onClick={(event) => acts.onMoveMenu(cardId, event.currentTarget)}
    >
      <MoveRight size={16} />
    </ActionIcon>
  );
}
