/** The changes of one screen of tickets: shown at once, explained where they are refused, offered to be taken back. */

import { t } from "@lingui/core/macro";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { createContext, useCallback, useContext, useEffect, useState } from "react";
import { http } from "@/lib/api/client";
import { ApiError } from "@/lib/api/errors";
import type { Change, Ticket, TicketChange } from "@/lib/api/types";
import { notifyChoice, notifyProblem, notifyUndo } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";
import { useLive, useLiveEvent } from "@/live/LiveProvider";
import type { LiveEvents } from "@/live/types";
import { type Parts, partsAsBefore, type RefusedChange, TicketEdits } from "./edits";
import { ticketFieldsQuery } from "./fields";
import { cachedTicket, dropTicket, fetchTicket, putTicket, slaQuery } from "./tickets";

const EditsContext = createContext<TicketEdits | null>(null);
export const TicketEditsProvider = EditsContext.Provider;

/** Only inside a screen of tickets. */
export function useTicketEdits(): TicketEdits {
  const edits = useContext(EditsContext);
  if (!edits) throw new TypeError("Tickets are changed outside of a screen of tickets.");
  return edits;
}

/** Makes the edits of a screen, and keeps what it shows in step with what others do. */
export function useOwnTicketEdits(): TicketEdits {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  const [edits] = useState(() => openEdits(client, workspaceId));
  useTicketNews(edits);
  return edits;
}

function openEdits(client: QueryClient, workspaceId: string): TicketEdits {
  const edits: TicketEdits = new TicketEdits(
    {
      read: (id) => cachedTicket(client, workspaceId, id),
      show: (ticket) => putTicket(client, workspaceId, ticket),
    },
    (id, body) => sendChange(workspaceId, id, body),
    (refused) => explain(refused, edits),
  );
  return edits;
}

async function sendChange(workspaceId: string, id: string, body: TicketChange): Promise<Ticket> {
  const path = { workspace_id: workspaceId, ticket_id: id };
  const { data } = await http.PATCH("/workspaces/{workspace_id}/tickets/{ticket_id}", {
    params: { path },
    body,
  });
  if (!data) throw new TypeError("The answer holds no ticket.");
  return data;
}

function explain({ ticket, parts, error, standing }: RefusedChange, edits: TicketEdits): void {
  const { number } = ticket;
  if (standing)
    notifyChoice(
      t`Somebody changed #${number} first. Their change stands.`,
      () => void edits.change(ticket.id, parts),
      t`Use mine`,
    );
  else notifyProblem(t`#${number} was not changed. ${problemText(error)}`);
}

/** Changes parts of a ticket and offers the way back. */
export function changeWithUndo(edits: TicketEdits, ticket: Ticket, parts: Parts, said: string): void {
  const before = partsAsBefore(ticket, parts);
  void edits.change(ticket.id, parts);
  notifyUndo(said, () => void edits.change(ticket.id, before));
}

/** What others do arrives by the journal; where something may have been missed all is read anew. */
export function useTicketNews(edits: TicketEdits | undefined): void {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  const live = useLive();
  const onChange = useCallback(
    ({ change }: LiveEvents["change"]) => apply(change, client, workspaceId, edits),
    [client, workspaceId, edits],
  );
  useLiveEvent("change", onChange);
  useEffect(() => {
    const readAnew = () => void client.invalidateQueries({ queryKey: ["tickets", workspaceId] });
    const ends = [live.onBehind(readAnew), live.onSettled(readAnew)];
    return () => {
      for (const end of ends) end();
    };
  }, [live, client, workspaceId]);
}

function apply(
  change: Change,
  client: QueryClient,
  workspaceId: string,
  edits: TicketEdits | undefined,
): void {
  const [noun, deed] = change.kind.split(".");
  if (noun === "ticket_sla") {
    void client.invalidateQueries({ queryKey: ["tickets", workspaceId] });
    void client.invalidateQueries({ queryKey: slaQuery(workspaceId).queryKey });
  }
  if (noun === "ticket_field")
    void client.invalidateQueries({ queryKey: ticketFieldsQuery(workspaceId).queryKey });
  if (noun !== "ticket") return;
  // Lists of single chats are short and seldom shown: they are read anew.
  void client.invalidateQueries({
    predicate: ({ queryKey }) =>
      queryKey[0] === "tickets" && queryKey[1] === workspaceId && queryKey.length > 2,
  });
  if (deed === "deleted") dropTicket(client, workspaceId, change.target);
  else if (edits) void refresh(change.target, client, workspaceId, edits);
}

/** A refused refresh is left alone: what is shown stays, and the next reconnect reads again. */
async function refresh(
  id: string,
  client: QueryClient,
  workspaceId: string,
  edits: TicketEdits,
): Promise<void> {
  try {
    const ticket = await fetchTicket(workspaceId, id);
    if (ticket) edits.observe(ticket);
    else dropTicket(client, workspaceId, id);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}
