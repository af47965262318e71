/** Tickets as a board: a lane a status, moved by dragging, by Alt and the arrows, or by "Move to…". */

import { useLingui } from "@lingui/react/macro";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { Board } from "@/components/board/Board";
import type { Lane } from "@/components/board/model";
import type { Ticket } from "@/lib/api/types";
import { useMemberNames } from "./choices";
import { useDayText } from "./days";
import { byStatus } from "./list";
import { statusOrder } from "./orders";
import { SlaBadge } from "./SlaBadge";
import classes from "./Tickets.module.css";
import { changeWithUndo, useTicketEdits } from "./useTicketEdits";
import { priorities, type Status, statuses } from "./words";

interface TicketsBoardProps {
  tickets: readonly Ticket[];
  isReadOnly: boolean;
  onOpen: (ticketId: string) => void;
}

export function TicketsBoard({ tickets, isReadOnly, onOpen }: TicketsBoardProps) {
  const { t, i18n } = useLingui();
  const edits = useTicketEdits();
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const byId = useMemo(() => new Map(tickets.map((ticket) => [ticket.id, ticket])), [tickets]);
  const lanes = useLanes(tickets, collapsed);
  const renderCard = useCallback(
    (id: string, title: ReactNode) => {
      const ticket = byId.get(id);
      return ticket ? <Card ticket={ticket} title={title} /> : null;
    },
    [byId],
  );
  const move = (id: string, laneId: string) => {
    const ticket = byId.get(id);
    const status = laneId as Status;
    const name = i18n._(statuses[status].name);
    if (ticket) changeWithUndo(edits, ticket, { status }, t`#${ticket.number} moved to ${name}.`);
  };
  return (
    <Board
      label={t`Tickets by status`}
      lanes={lanes}
      nameOf={useCallback((id: string) => byId.get(id)?.title ?? "", [byId])}
      renderCard={renderCard}
      isReadOnly={isReadOnly}
      onMove={move}
      onOpen={onOpen}
      onCollapse={(laneId) => setCollapsed((was) => toggled(was, laneId))}
    />
  );
}

function useLanes(tickets: readonly Ticket[], collapsed: ReadonlySet<string>): Lane[] {
  const { i18n } = useLingui();
  // biome-ignore lint/correctness/useExhaustiveDependencies: names change with the language alone.
  return useMemo(() => {
    const lanes = byStatus(tickets);
    return statusOrder.map((status) => ({
      id: status,
      name: i18n._(statuses[status].name),
      hue: statuses[status].hue,
      cardIds: lanes[status].map((ticket) => ticket.id),
      isCollapsed: collapsed.has(status),
    }));
  }, [tickets, collapsed, i18n.locale]);
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}

function Card({ ticket, title }: { ticket: Ticket; title: ReactNode }) {
  const { i18n } = useLingui();
  const nameOf = useMemberNames();
  const dayText = useDayText();
  const priority = priorities[ticket.priority];
  return (
    <div className={classes.card}>
      <span className={classes.number}>#{ticket.number}</span>
      {title}
      <span className={classes.cardFoot}>
        <span
          className={classes.pill}
          style={{ background: `var(--hue-${priority.hue}-bg)`, color: `var(--hue-${priority.hue}-text)` }}
        >
          {i18n._(priority.name)}
        </span>
        <SlaBadge sla={ticket.sla} />
        {ticket.due_on && <span>{dayText(ticket.due_on)}</span>}
      </span>
      {ticket.assignee && <span dir="auto">{nameOf(ticket.assignee)}</span>}
    </div>
  );
}
