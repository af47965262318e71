/** The files of a ticket. */

import { Trans, useLingui } from "@lingui/react/macro";
import { PanelSection } from "@/components/Panel";
import { Attachments } from "@/features/files/Attachments";
import { MAX_FILES } from "@/features/files/misfit";
import type { PartProps } from "../PartChoices";
import { useTicketEdits } from "../useTicketEdits";

export function TicketFiles({ ticket, isReadOnly }: PartProps) {
  const { t } = useLingui();
  const edits = useTicketEdits();
  return (
    <PanelSection title={<Trans>Files</Trans>} label={t`Files`} isDense>
      <Attachments
        kind="ticket"
        files={ticket.files}
        most={MAX_FILES}
        isReadOnly={isReadOnly}
        asksFirst
        onChange={(files) => edits.change(ticket.id, { file_ids: files.map(({ id }) => id) })}
      />
    </PanelSection>
  );
}
