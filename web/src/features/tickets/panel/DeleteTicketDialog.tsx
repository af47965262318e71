/** Asks before a ticket is deleted for good. */

import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ConfirmDialog } from "@/components/ConfirmDialog";
import { http } from "@/lib/api/client";
import type { Ticket } from "@/lib/api/types";
import { notifyDone } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";
import { dropTicket } from "../tickets";

interface DeleteTicketDialogProps {
  ticket: Ticket;
  onClose: () => void;
  onDeleted: () => void;
}

export default function DeleteTicketDialog({ ticket, onClose, onDeleted }: DeleteTicketDialogProps) {
  const { t } = useLingui();
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  const { number, title } = ticket;
  const remove = useMutation({
    mutationFn: () =>
      http.DELETE("/workspaces/{workspace_id}/tickets/{ticket_id}", {
        params: { path: { workspace_id: workspaceId, ticket_id: ticket.id } },
      }),
    onSuccess: () => {
      notifyDone(t`#${number} deleted.`);
      onDeleted();
      dropTicket(client, workspaceId, ticket.id);
    },
  });
  return (
    <ConfirmDialog
      title={t`Delete #${number}?`}
      action={t`Delete ticket`}
      isBusy={remove.isPending}
      problem={remove.error && problemText(remove.error)}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <Trans>
        “{title}” is removed for everybody, and its number is not given again. This can't be undone.
      </Trans>
    </ConfirmDialog>
  );
}
