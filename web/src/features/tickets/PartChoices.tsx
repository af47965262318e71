/** Status, priority and assignee of a ticket, changed where they stand. */

import { useLingui } from "@lingui/react/macro";
import type { Ticket } from "@/lib/api/types";
import { Choice } from "./Choice";
import { useAssigneeOptions, usePriorityOptions, useStatusOptions } from "./choices";
import { changeWithUndo, useTicketEdits } from "./useTicketEdits";

export interface PartProps {
  ticket: Ticket;
  isReadOnly: boolean;
}

export function StatusChoice({ ticket, isReadOnly }: PartProps) {
  const { t } = useLingui();
  const edits = useTicketEdits();
  const options = useStatusOptions();
  const { number } = ticket;
  return (
    <Choice
      label={t`Status of #${number}`}
      value={ticket.status}
      options={options}
      isReadOnly={isReadOnly}
      onChange={(status) => {
        const name = options.find((each) => each.value === status)?.label ?? "";
        changeWithUndo(edits, ticket, { status }, t`#${number} moved to ${name}.`);
      }}
    />
  );
}

export function PriorityChoice({ ticket, isReadOnly }: PartProps) {
  const { t } = useLingui();
  const edits = useTicketEdits();
  const { number } = ticket;
  return (
    <Choice
      label={t`Priority of #${number}`}
      value={ticket.priority}
      options={usePriorityOptions()}
      isReadOnly={isReadOnly}
      onChange={(priority) => changeWithUndo(edits, ticket, { priority }, t`Priority of #${number} changed.`)}
    />
  );
}

export function AssigneeChoice({ ticket, isReadOnly }: PartProps) {
  const { t } = useLingui();
  const edits = useTicketEdits();
  const { number } = ticket;
  return (
    <Choice
      label={t`Assignee of #${number}`}
      value={ticket.assignee ?? ""}
      options={useAssigneeOptions(ticket.assignee)}
      isReadOnly={isReadOnly}
      onChange={(userId) =>
        changeWithUndo(edits, ticket, { assignee: userId || null }, t`Assignee of #${number} changed.`)
      }
    />
  );
}
