/** One ticket: everything in it can be changed where it stands, by whoever may. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Trash2, X } from "lucide-react";
import { lazy, Suspense } from "react";
import { HistoryLink } from "@/components/HistoryLink";
import { Panel, PanelFacts, PanelSection } from "@/components/Panel";
import { WhoSees } from "@/components/WhoSees";
import type { CellValue } from "@/features/fields/values";
import type { Column, Ticket } from "@/lib/api/types";
import { useMinuteMs } from "@/lib/clock";
import { useCan } from "@/lib/session";
import { Moment } from "@/lib/time";
import { useMemberNames } from "../choices";
import type { Parts } from "../edits";
import { AssigneeChoice, type PartProps, PriorityChoice, StatusChoice } from "../PartChoices";
import { SlaBadge } from "../SlaBadge";
import { changeWithUndo, useTicketEdits } from "../useTicketEdits";
import { FieldValues } from "./FieldValues";
import { LinkedChats } from "./LinkedChats";
import { Quotes } from "./Quotes";
import { TextPart } from "./TextPart";
import { TicketFiles } from "./TicketFiles";
import classes from "./TicketPanel.module.css";

const CommentsPanel = lazy(() => import("@/features/comments/CommentsPanel"));
const DeleteTicketDialog = lazy(() => import("./DeleteTicketDialog"));

interface TicketPanelProps {
  ticket: Ticket;
  isReadOnly: boolean;
  onClose: () => void;
}

/** Mount it anew for each ticket (key). */
export function TicketPanel({ ticket, isReadOnly, onClose }: TicketPanelProps) {
  const { t } = useLingui();
  const change = useChange(ticket);
  const changeValue = useValueChange(ticket);
  const { number } = ticket;
  return (
    <Panel label={t`Ticket #${number}`}>
      <Head ticket={ticket} onClose={onClose} />
      <PanelSection isDense>
        <WhoSees who="workspace" />
        <TextPart
          label={t`Title`}
          text={ticket.title}
          most={200}
          isRequired
          isReadOnly={isReadOnly}
          onChange={(title) => change({ title })}
        />
        <Rail ticket={ticket} isReadOnly={isReadOnly} />
      </PanelSection>
      <PanelSection isDense>
        <TextPart
          label={t`Description`}
          text={ticket.description}
          most={10_000}
          isLong
          isReadOnly={isReadOnly}
          onChange={(description) => change({ description })}
        />
      </PanelSection>
      <FieldValues values={ticket.values} isReadOnly={isReadOnly} onChange={changeValue} />
      <LinkedChats ticket={ticket} isReadOnly={isReadOnly} />
      <TicketFiles ticket={ticket} isReadOnly={isReadOnly} />
      {ticket.quotes.length > 0 && <Quotes ticket={ticket} />}
      <Made ticket={ticket} />
      <Suspense>
        <CommentsPanel subject={{ kind: "ticket", id: ticket.id }} />
      </Suspense>
    </Panel>
  );
}

function Head({ ticket, onClose }: Pick<TicketPanelProps, "ticket" | "onClose">) {
  const { t } = useLingui();
  const mayDelete = useCan("tickets.delete");
  const [isDeleting, deleting] = useDisclosure(false);
  return (
    <header className={classes.head}>
      <h2>#{ticket.number}</h2>
      <span>
        {mayDelete && (
          <ActionIcon size={32} aria-label={t`Delete ticket`} onClick={deleting.open}>
            <Trash2 size={16} />
          </ActionIcon>
        )}
        <ActionIcon size={32} aria-label={t`Close ticket`} onClick={onClose}>
          <X size={16} />
        </ActionIcon>
      </span>
      <Suspense>
        {isDeleting && <DeleteTicketDialog ticket={ticket} onClose={deleting.close} onDeleted={onClose} />}
      </Suspense>
    </header>
  );
}

/** A change of any part, with the way back. */
function useChange(ticket: Ticket): (parts: Parts) => void {
  const { t } = useLingui();
  const edits = useTicketEdits();
  const { number } = ticket;
  return (parts) => changeWithUndo(edits, ticket, parts, t`#${number} changed.`);
}

/** The same of a value; a file that was taken off is given up, so that files have no way back. */
function useValueChange(ticket: Ticket): (field: Pick<Column, "id" | "type">, value: CellValue) => void {
  const change = useChange(ticket);
  const edits = useTicketEdits();
  return ({ id, type }, value) => {
    const parts = { values: { [id]: value } };
    if (type === "files") void edits.change(ticket.id, parts);
    else change(parts);
  };
}

function Rail({ ticket, isReadOnly }: PartProps) {
  const { t } = useLingui();
  const change = useChange(ticket);
  return (
    <PanelFacts>
      <dt>
        <Trans>Status</Trans>
      </dt>
      <dd>
        <StatusChoice ticket={ticket} isReadOnly={isReadOnly} />
      </dd>
      <dt>
        <Trans>Priority</Trans>
      </dt>
      <dd>
        <PriorityChoice ticket={ticket} isReadOnly={isReadOnly} />
      </dd>
      <dt>
        <Trans>Assignee</Trans>
      </dt>
      <dd>
        <AssigneeChoice ticket={ticket} isReadOnly={isReadOnly} />
      </dd>
      <dt>
        <Trans>SLA</Trans>
      </dt>
      <dd>
        <SlaBadge sla={ticket.sla} />
      </dd>
      <dt>
        <Trans>Date</Trans>
      </dt>
      <dd>
        <input
          type="date"
          aria-label={t`Date`}
          value={ticket.due_on ?? ""}
          disabled={isReadOnly}
          onChange={(event) => change({ due_on: event.currentTarget.value || null })}
        />
      </dd>
    </PanelFacts>
  );
}

/** Who made it, and who solved and closed it. */
function Made({ ticket }: { ticket: Ticket }) {
  return (
    <PanelSection isDense>
      <PanelFacts>
        <dt>
          <Trans>Created</Trans>
        </dt>
        <Stamp stamp={ticket.created} />
        {ticket.solved && (
          <>
            <dt>
              <Trans>Solved</Trans>
            </dt>
            <Stamp stamp={ticket.solved} />
          </>
        )}
        {ticket.closed && (
          <>
            <dt>
              <Trans>Closed</Trans>
            </dt>
            <Stamp stamp={ticket.closed} />
          </>
        )}
      </PanelFacts>
      <HistoryLink objectId={ticket.id} />
    </PanelSection>
  );
}

function Stamp({ stamp }: { stamp: Ticket["created"] }) {
  const nowMs = useMinuteMs();
  const nameOf = useMemberNames();
  return (
    <dd>
      <Moment at={stamp.at} nowMs={nowMs} />
      {stamp.by && (
        <>
          {" · "}
          <span dir="auto">{nameOf(stamp.by)}</span>
        </>
      )}
    </dd>
  );
}
