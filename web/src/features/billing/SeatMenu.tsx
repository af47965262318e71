/** What can be done with one seat, by its state. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Menu } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { Armchair, EllipsisVertical, Link2, Plus, UserCheck, UserMinus, UserPlus } from "lucide-react";
import { useState } from "react";

import { paidSeatOf, useSeats } from "@/features/seats/seats";
import type { Seat } from "@/lib/api/types";
import { useMe, useWorkspace } from "@/lib/session";

import { AssignDialog } from "./AssignDialog";
import { ExtraAccountsDialog } from "./ExtraAccountsDialog";
import { FreeSeatDialog } from "./FreeSeatDialog";
import { useTakeSeat } from "./seatChanges";

type Asked = "assign" | "free" | "extra";

const dialogs = { assign: AssignDialog, free: FreeSeatDialog, extra: ExtraAccountsDialog };

export function SeatMenu({ seat, number, onInvite }: { seat: Seat; number: number; onInvite: () => void }) {
  const { t } = useLingui();
  const [asked, setAsked] = useState<Asked | null>(null);
  const Dialog = asked && dialogs[asked];
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon size={32} aria-label={t`Actions for seat ${number}`}>
            <EllipsisVertical size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {seat.state === "available" && <AvailableItems seat={seat} onInvite={onInvite} onAsk={setAsked} />}
          {seat.state === "pending" && <PendingItem />}
          {seat.state !== "expired" && (
            <Menu.Item leftSection={<Plus size={16} />} onClick={() => setAsked("extra")}>
              <Trans>Extra accounts…</Trans>
            </Menu.Item>
          )}
          {seat.user_id !== null && (
            <Menu.Item
              leftSection={<UserMinus size={16} />}
              c="var(--c-danger-text)"
              onClick={() => setAsked("free")}
            >
              <Trans>Free the seat</Trans>
            </Menu.Item>
          )}
          {seat.state === "expired" && seat.user_id === null && (
            <Menu.Label>
              <Trans>No longer paid</Trans>
            </Menu.Label>
          )}
        </Menu.Dropdown>
      </Menu>
      {Dialog && <Dialog seat={seat} onClose={() => setAsked(null)} />}
    </>
  );
}

interface AvailableProps {
  seat: Seat;
  onInvite: () => void;
  onAsk: (what: Asked) => void;
}

function AvailableItems({ seat, onInvite, onAsk }: AvailableProps) {
  const { user } = useMe();
  const seats = useSeats().data?.seats ?? [];
  const take = useTakeSeat();
  return (
    <>
      {!paidSeatOf(seats, user.id) && (
        <Menu.Item leftSection={<Armchair size={16} />} onClick={() => take.run(seat.id)}>
          <Trans>Take it myself</Trans>
        </Menu.Item>
      )}
      <Menu.Item leftSection={<UserCheck size={16} />} onClick={() => onAsk("assign")}>
        <Trans>Give it to a member…</Trans>
      </Menu.Item>
      <Menu.Item leftSection={<UserPlus size={16} />} onClick={onInvite}>
        <Trans>Invite into it…</Trans>
      </Menu.Item>
    </>
  );
}

/** A promised seat is freed by revoking the invitation, where invitations are. */
function PendingItem() {
  const navigate = useNavigate();
  const { id } = useWorkspace();
  return (
    <Menu.Item
      leftSection={<Link2 size={16} />}
      onClick={() => void navigate({ to: "/w/$ws/settings/members", params: { ws: id } })}
    >
      <Trans>See the invitation</Trans>
    </Menu.Item>
  );
}
