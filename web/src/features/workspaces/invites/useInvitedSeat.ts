/** The seat whoever is invited will sit on. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { type FreeSeats, freeSeats, useSeats } from "@/features/seats/seats";
import type { Seat } from "@/lib/api/types";
import { useMinuteMs } from "@/lib/clock";
import { useWorkspace, workspaceQuery } from "@/lib/session";

export interface InvitedSeat {
  isPending: boolean;
  /** There is none to give, and no trial to come in on. */
  isMissing: boolean;
  /** Its id; null to come in on the trial. */
  chosen: string | null;
  /** What there is to choose from; `null` is the trial. */
  choices: (FreeSeats | null)[];
  choose: (seatId: string | null) => void;
}

/** `seatId` is one that was chosen before, on the page of seats. */
export function useInvitedSeat(seatId: string | undefined): InvitedSeat {
  const seats = useSeats();
  const workspace = useQuery(workspaceQuery(useWorkspace().id)).data;
  const nowMs = useMinuteMs();
  const [wanted, setWanted] = useState<string | null | undefined>(seatId);
  const endsAt = workspace?.trial_ends_at ?? null;
  const choices = invitedSeats(
    seats.data?.seats ?? [],
    seatId,
    endsAt === null || Date.parse(endsAt) > nowMs,
  );
  const first = choices[0]?.seatId ?? null;
  const isThere = choices.some((each) => (each?.seatId ?? null) === wanted);
  return {
    isPending: seats.isPending,
    isMissing: choices.length === 0,
    chosen: wanted !== undefined && isThere ? wanted : first,
    choices,
    choose: setWanted,
  };
}

/** A free seat of each plan, and the trial while somebody can still come in on it. */
export function invitedSeats(
  seats: readonly Seat[],
  preferred: string | undefined,
  hasTrial: boolean,
): (FreeSeats | null)[] {
  const plan = seats.find((seat) => seat.id === preferred && seat.state === "available")?.plan;
  const free = freeSeats(seats).map((each) =>
    preferred && each.plan === plan ? { ...each, seatId: preferred } : each,
  );
  return hasTrial ? [...free, null] : free;
}
