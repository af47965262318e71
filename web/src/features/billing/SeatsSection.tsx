/** Every seat: what it is, who sits on it, how many accounts it covers and until when it is paid. */

import { Plural, Trans } from "@lingui/react/macro";
import { Button, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Armchair, UserPlus } from "lucide-react";
import { useMemo, useState } from "react";

import { SettingsSection } from "@/components/SettingsSection";
import { EmptyState, ErrorState, LoadingRows } from "@/components/StateBlock";
import { useAccounts } from "@/features/accounts/accounts";
import { freeSeats, paidSeatOf, seatsQuery } from "@/features/seats/seats";
import { InviteDialog } from "@/features/workspaces/invites/InviteDialog";
import type { Seat } from "@/lib/api/types";
import { useMe, useWorkspace } from "@/lib/session";

import { SeatRow } from "./SeatRow";
import classes from "./SeatsSection.module.css";
import { useTakeSeat } from "./seatChanges";
import { SEATS_ID } from "./showSeats";
import { accountsByPerson } from "./used";

export function SeatsSection() {
  const seats = useQuery(seatsQuery(useWorkspace().id));
  const all = seats.data?.seats ?? [];
  const taken = all.filter(({ state }) => state === "filled" || state === "pending").length;
  const paid = all.filter(({ state }) => state !== "expired").length;
  return (
    <div id={SEATS_ID} tabIndex={-1} className={classes.anchor}>
      <SettingsSection
        title={<Trans>Seats</Trans>}
        lead={
          paid > 0 ? (
            <Plural value={paid} one={`${taken} of # seat in use`} other={`${taken} of # seats in use`} />
          ) : undefined
        }
        action={<TakeOne seats={all} />}
      >
        {seats.isPending && <LoadingRows rows={3} height={48} />}
        {seats.isError && <ErrorState error={seats.error} onRetry={() => void seats.refetch()} />}
        {seats.data && (all.length === 0 ? <NoSeats /> : <SeatsTable seats={all} />)}
      </SettingsSection>
    </div>
  );
}

function NoSeats() {
  return (
    <EmptyState icon={Armchair} title={<Trans>No seats yet</Trans>}>
      <Trans>
        Seats that are paid stand here: take one yourself, give them to your team, invite into them.
      </Trans>
    </EmptyState>
  );
}

/** An Owner manages without a seat, and needs one to work. */
function TakeOne({ seats }: { seats: readonly Seat[] }) {
  const { user } = useMe();
  const take = useTakeSeat();
  const free = freeSeats(seats)[0];
  if (!free || paidSeatOf(seats, user.id)) return null;
  return (
    <Button loading={take.isPending} onClick={() => take.run(free.seatId)} className={classes.take}>
      <Trans>Take a seat myself</Trans>
    </Button>
  );
}

function SeatsTable({ seats }: { seats: readonly Seat[] }) {
  const accounts = useAccounts().data?.accounts;
  const used = useMemo(() => accountsByPerson(accounts ?? []), [accounts]);
  const [invited, setInvited] = useState<string | null>(null);
  return (
    <>
      <Table verticalSpacing="sm" className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <Trans>Person</Trans>
            </Table.Th>
            <Table.Th>
              <Trans>Seat</Trans>
            </Table.Th>
            <Table.Th visibleFrom="sm">
              <Trans>Accounts</Trans>
            </Table.Th>
            <Table.Th visibleFrom="sm">
              <Trans>Paid until</Trans>
            </Table.Th>
            <Table.Th className={classes.menu}>
              <span className={classes.hidden}>
                <Trans>Actions</Trans>
              </span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {seats.map((seat, index) => (
            <SeatRow
              key={seat.id}
              seat={seat}
              number={index + 1}
              used={used.get(seat.user_id ?? "") ?? 0}
              onInvite={() => setInvited(seat.id)}
            />
          ))}
        </Table.Tbody>
      </Table>
      <FreeNote seats={seats} onInvite={setInvited} />
      <InviteDialog
        key={invited}
        opened={invited !== null}
        seatId={invited ?? undefined}
        onClose={() => setInvited(null)}
      />
    </>
  );
}

/** Paid and empty: that is money for nothing, so it is said. */
function FreeNote(props: { seats: readonly Seat[]; onInvite: (seatId: string) => void }) {
  const free = freeSeats(props.seats);
  const count = free.reduce((sum, each) => sum + each.count, 0);
  const first = free[0];
  if (!first) return null;
  return (
    <div className={classes.free}>
      <Text size="sm">
        <Plural value={count} one="# seat is paid and free." other="# seats are paid and free." />
      </Text>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<UserPlus size={14} aria-hidden />}
        onClick={() => props.onInvite(first.seatId)}
      >
        <Trans>Invite into one</Trans>
      </Button>
    </div>
  );
}
