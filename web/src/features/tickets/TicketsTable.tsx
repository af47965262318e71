/** Tickets as a table: status, priority and assignee are changed where they stand, a title opens its ticket. */

import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type CSSProperties, memo, type ReactNode, useRef } from "react";
import { Virtualizer } from "virtua";
import type { ReadableColumn } from "@/features/fields/columns";
import { type CellValue, filesIn, valueText } from "@/features/fields/values";
import type { Ticket } from "@/lib/api/types";
import { useMinuteMs } from "@/lib/clock";
import { usePreference } from "@/lib/preferences";
import { useWorkspace } from "@/lib/session";
import { Moment } from "@/lib/time";
import { useDayText } from "./days";
import { useTicketFields } from "./fields";
import { AssigneeChoice, PriorityChoice, StatusChoice } from "./PartChoices";
import { SlaBadge } from "./SlaBadge";
import shared from "./Tickets.module.css";
import classes from "./TicketsTable.module.css";
import { columns, type SortedBy, type TicketsWish } from "./wish";

interface TicketsTableProps {
  tickets: readonly Ticket[];
  wish: TicketsWish;
  openId: string | undefined;
  isReadOnly: boolean;
  onSort: (by: SortedBy) => void;
}

export function TicketsTable({ tickets, wish, openId, isReadOnly, onSort }: TicketsTableProps) {
  const { t } = useLingui();
  const fields = useTicketFields();
  const [density] = usePreference("density");
  const scroller = useRef<HTMLDivElement>(null);
  return (
    <div ref={scroller} className={classes.scroll} tabIndex={-1}>
      {/* biome-ignore lint/a11y/useSemanticElements: rows of a native table can't be mounted only while in sight. */}
      <div
        role="table"
        aria-label={t`Tickets`}
        aria-rowcount={tickets.length + 1}
        className={classes.table}
        data-density={density}
        style={roomFor(fields)}
      >
        <Head wish={wish} fields={fields} onSort={onSort} />
        <Virtualizer scrollRef={scroller} startMargin={28} data={tickets as Ticket[]}>
          {(ticket, index) => (
            <Row
              key={ticket.id}
              ticket={ticket}
              index={index}
              wish={wish}
              fields={fields}
              isOpen={ticket.id === openId}
              isReadOnly={isReadOnly}
            />
          )}
        </Virtualizer>
      </div>
    </div>
  );
}

type Fields = readonly ReadableColumn[];

const FIELD_WIDTH = 128;
const GAP = 8;

function roomFor({ length }: Fields): CSSProperties {
  const columns = length > 0 ? `repeat(${length}, ${FIELD_WIDTH}px)` : undefined;
  return { "--own-width": `${length * (FIELD_WIDTH + GAP)}px`, "--own-fields": columns } as CSSProperties;
}

function Head({ wish, fields, onSort }: Pick<TicketsTableProps, "wish" | "onSort"> & { fields: Fields }) {
  const names = useColumnNames();
  return (
    // biome-ignore lint/a11y/useSemanticElements: as the table around it.
    // biome-ignore lint/a11y/useFocusableInteractive: the buttons in it take the focus.
    <div role="row" aria-rowindex={1} className={`${classes.row} ${classes.head}`}>
      {columns.map((column) => {
        const direction = wish.sort === column ? (wish.down ? "descending" : "ascending") : "none";
        const Arrow = wish.down ? ArrowDown : ArrowUp;
        return (
          // biome-ignore lint/a11y/useSemanticElements: as the table around it.
          // biome-ignore lint/a11y/useFocusableInteractive: the button in it takes the focus.
          <div key={column} role="columnheader" aria-sort={direction}>
            <button type="button" className={classes.sort} onClick={() => onSort(column)}>
              {names[column]}
              {direction !== "none" && <Arrow size={14} aria-hidden />}
            </button>
          </div>
        );
      })}
      {fields.map((field) => (
        // biome-ignore lint/a11y/useSemanticElements: as the table around it.
        // biome-ignore lint/a11y/useFocusableInteractive: it can't be sorted by.
        <div key={field.id} role="columnheader" className={classes.cell} dir="auto">
          {field.name}
        </div>
      ))}
    </div>
  );
}

function useColumnNames(): Record<SortedBy, string> {
  const { t } = useLingui();
  return {
    number: t`Number`,
    title: t`Title`,
    status: t`Status`,
    priority: t`Priority`,
    assignee: t`Assignee`,
    sla: t`SLA`,
    due_on: t`Date`,
    changed: t`Changed`,
  };
}

interface RowProps {
  ticket: Ticket;
  index: number;
  wish: TicketsWish;
  fields: Fields;
  isOpen: boolean;
  isReadOnly: boolean;
}

const Row = memo(function Row({ ticket, index, wish, fields, isOpen, isReadOnly }: RowProps) {
  const ws = useWorkspace().id;
  const nowMs = useMinuteMs();
  const dayText = useDayText();
  return (
    // biome-ignore lint/a11y/useSemanticElements: as the table around it.
    // biome-ignore lint/a11y/useFocusableInteractive: what is in it takes the focus.
    <div role="row" aria-rowindex={index + 2} className={classes.row} data-open={isOpen}>
      <Cell className={shared.number}>#{ticket.number}</Cell>
      <Cell>
        <Link
          to="/w/$ws/tickets/$ticketId"
          params={{ ws, ticketId: ticket.id }}
          search={wish}
          className={classes.title}
          aria-current={isOpen ? "true" : undefined}
          data-ticket={ticket.id}
          dir="auto"
        >
          {ticket.title}
        </Link>
      </Cell>
      <Cell>
        <StatusChoice ticket={ticket} isReadOnly={isReadOnly} />
      </Cell>
      <Cell>
        <PriorityChoice ticket={ticket} isReadOnly={isReadOnly} />
      </Cell>
      <Cell>
        <AssigneeChoice ticket={ticket} isReadOnly={isReadOnly} />
      </Cell>
      <Cell>
        <SlaBadge sla={ticket.sla} />
      </Cell>
      <Cell>{ticket.due_on && dayText(ticket.due_on)}</Cell>
      <Cell>
        <Moment at={ticket.changed_at} nowMs={nowMs} />
      </Cell>
      {fields.map((field) => (
        <Cell key={field.id}>
          <span dir="auto">{shown(field, (ticket.values[field.id] ?? null) as CellValue)}</span>
        </Cell>
      ))}
    </div>
  );
});

/** Of files how many there are; what they are called is in the ticket. */
function shown(field: ReadableColumn, value: CellValue): string {
  if (field.type === "files") return value === null ? "" : `📎 ${filesIn(value)}`;
  return valueText(field, value);
}

function Cell({ className = "", children }: { className?: string | undefined; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: as the table around it.
    <div role="cell" className={`${classes.cell} ${className}`}>
      {children}
    </div>
  );
}
