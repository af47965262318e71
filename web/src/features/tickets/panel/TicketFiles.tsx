/** The files of a ticket. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Attachments } from "@/features/files/Attachments";
import { MAX_FILES } from "@/features/files/misfit";
import type { PartProps } from "../PartChoices";
import { useTicketEdits } from "../useTicketEdits";
import classes from "./TicketPanel.module.css";

export function TicketFiles({ ticket, isReadOnly }: PartProps) {
  const { t } = useLingui();
  const edits = useTicketEdits();
  return (
    <section className={classes.section} aria-label={t`Files`}>
      <h3>
        <Trans>Files</Trans>
      </h3>
      <Attachments
        kind="ticket"
        files={ticket.files}
        most={MAX_FILES}
        isReadOnly={isReadOnly}
        asksFirst
        onChange={(files) => edits.change(ticket.id, { file_ids: files.map(({ id }) => id) })}
      />
    </section>
  );
}
