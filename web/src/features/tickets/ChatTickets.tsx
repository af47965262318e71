/** The tickets of one chat, for its details: how each stands, and the way to make another. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { lazy, Suspense } from "react";
import { PanelSection } from "@/components/Panel";
import classes from "@/components/Panel.module.css";
import { ErrorState } from "@/components/StateBlock";
import { TextLink } from "@/components/TextLink";
import { notifyDone } from "@/lib/notify";
import { useCan, useWorkspace } from "@/lib/session";
import { SlaBadge } from "./SlaBadge";
import { chatTicketsQuery } from "./tickets";
import { useAreTicketsOn } from "./useAreTicketsOn";
import { useTicketNews } from "./useTicketEdits";
import { isDone } from "./words";

const TicketDialog = lazy(() => import("./TicketDialog"));

export default function ChatTickets({ chatId }: { chatId: string }) {
  return useAreTicketsOn() ? <OfChat chatId={chatId} /> : null;
}

function OfChat({ chatId }: { chatId: string }) {
  const { t } = useLingui();
  const ws = useWorkspace().id;
  const mayCreate = useCan("tickets.create");
  const [isCreating, creating] = useDisclosure(false);
  const query = useQuery(chatTicketsQuery(ws, chatId));
  useTicketNews(undefined);
  const tickets = query.data ?? [];
  return (
    <PanelSection title={<Trans>Tickets</Trans>} isDense>
      {query.error && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.length === 0 && (
        <Text size="sm" c="dimmed">
          <Trans>None about this chat.</Trans>
        </Text>
      )}
      <ul className={classes.list}>
        {tickets.map((ticket) => (
          <li key={ticket.id} className={classes.item}>
            <TextLink
              to="/w/$ws/tickets/$ticketId"
              params={{ ws, ticketId: ticket.id }}
              className={classes.name ?? ""}
              td={isDone(ticket.status) ? "line-through" : undefined}
              dir="auto"
            >
              #{ticket.number} {ticket.title}
            </TextLink>
            <SlaBadge sla={ticket.sla} />
          </li>
        ))}
      </ul>
      {mayCreate && (
        <Button
          variant="subtle"
          size="compact-sm"
          w="fit-content"
          leftSection={<Plus size={14} />}
          onClick={creating.open}
        >
          <Trans>New ticket</Trans>
        </Button>
      )}
      <Suspense>
        {isCreating && (
          <TicketDialog
            chatId={chatId}
            onClose={creating.close}
            onMade={({ number }) => {
              creating.close();
              notifyDone(t`Ticket #${number} created.`);
            }}
          />
        )}
      </Suspense>
    </PanelSection>
  );
}
