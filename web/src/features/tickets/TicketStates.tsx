/** What stands in place of tickets, or above them: switched off, none, none that match, not yours to change. */

import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { FilterX, TicketCheck, TicketX } from "lucide-react";
import { lazy, Suspense } from "react";
import { LinkButton } from "@/components/LinkButton";
import { LockedLine } from "@/components/ListScreen";
import { EmptyState, ErrorState, LoadingRows } from "@/components/StateBlock";
import { lackOf } from "@/features/seats/lack";
import { ruleOf } from "@/features/workspaces/granters";
import { WhoMay } from "@/features/workspaces/WhoMay";
import { useCan, useWorkspace, workspaceQuery } from "@/lib/session";
import type { LoadedTickets } from "./tickets";

const UnpaidLine = lazy(() => import("@/features/seats/Unpaid"));

export function TicketsOff() {
  const { id } = useWorkspace();
  const mayEnable = useCan("toggles.change");
  return (
    <EmptyState
      icon={TicketX}
      title={<Trans>Tickets are switched off</Trans>}
      action={
        mayEnable && (
          <LinkButton to="/w/$ws/settings/general" params={{ ws: id }}>
            <Trans>Switch them on in the settings</Trans>
          </LinkButton>
        )
      }
    >
      {mayEnable ? (
        <Trans>Nothing is lost meanwhile: tickets come back as they were.</Trans>
      ) : (
        <Trans>An Owner of this workspace can switch them on.</Trans>
      )}
    </EmptyState>
  );
}

export function Unloaded({ loaded }: { loaded: LoadedTickets }) {
  if (loaded.error) return <ErrorState error={loaded.error} onRetry={loaded.retry} />;
  return <LoadingRows rows={12} height={28} gap={12} />;
}

export function NoTickets() {
  const mayCreate = useCan("tickets.create");
  return (
    <EmptyState icon={TicketCheck} title={<Trans>No tickets yet</Trans>}>
      {mayCreate ? (
        <Trans>Press C to make one, or T in a chat to make one about it.</Trans>
      ) : (
        <Trans>What your team has promised to see to will stand here.</Trans>
      )}
    </EmptyState>
  );
}

/** Beside the list: a link to a ticket that was deleted, or never was. */
export function NoSuchTicket({ onClose }: { onClose: () => void }) {
  return (
    <EmptyState
      icon={TicketX}
      title={<Trans>There is no such ticket</Trans>}
      action={
        <Button variant="default" onClick={onClose}>
          <Trans>Close</Trans>
        </Button>
      }
    >
      <Trans>It may have been deleted.</Trans>
    </EmptyState>
  );
}

export function NoMatch({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon={FilterX}
      title={<Trans>No ticket matches</Trans>}
      action={
        <Button variant="default" onClick={onClear}>
          <Trans>Clear the filters</Trans>
        </Button>
      }
    />
  );
}

/** Why tickets can only be read: nothing pays for more, or a switch is off. */
export function ReadOnlyNote() {
  const mayEdit = useCan("tickets.edit");
  const workspace = useQuery(workspaceQuery(useWorkspace().id)).data;
  const { role } = useWorkspace();
  if (mayEdit || !workspace) return null;
  const { toggle } = ruleOf("tickets.edit");
  const isForbidden =
    role === "member" && toggle !== null && toggle !== undefined && !workspace.toggles[toggle];
  return (
    <LockedLine>
      {isForbidden ? (
        <span>
          <WhoMay action="tickets.edit" />
        </span>
      ) : (
        lackOf("tickets.edit", workspace) && (
          <Suspense>
            <UnpaidLine action="tickets.edit" />
          </Suspense>
        )
      )}
    </LockedLine>
  );
}
