/** Which seat an invitation gives; or that there is none to give. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Radio, Stack } from "@mantine/core";
import { Armchair } from "lucide-react";

import { EmptyState } from "@/components/StateBlock";
import type { FreeSeats } from "@/features/seats/seats";
import { PlansButton } from "@/features/seats/WhoPays";
import { planNames } from "@/features/seats/words";

import type { InvitedSeat } from "./useInvitedSeat";

const TRIAL = "trial";

export function SeatChoice({ seat }: { seat: InvitedSeat }) {
  const { t } = useLingui();
  // Before there is any seat, there is nothing to choose.
  if (seat.choices.every((each) => each === null)) return null;
  return (
    <Radio.Group
      label={t`Seat`}
      value={seat.chosen ?? TRIAL}
      onChange={(value) => seat.choose(value === TRIAL ? null : value)}
    >
      <Stack gap="sm" mt="sm">
        {seat.choices.map((each) => (
          <Radio
            key={each?.seatId ?? TRIAL}
            value={each?.seatId ?? TRIAL}
            label={each ? <SeatName free={each} /> : <Trans>None: on the trial</Trans>}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function SeatName({ free: { plan, count } }: { free: FreeSeats }) {
  const { i18n } = useLingui();
  const name = i18n._(planNames[plan]);
  return (
    <Trans>
      {name} seat ({count} free)
    </Trans>
  );
}

export function NoSeatFree() {
  return (
    <EmptyState icon={Armchair} title={<Trans>No seat is free</Trans>} action={<PlansButton />}>
      <Trans>Whoever comes in needs a seat. Buy one, or free one that somebody no longer needs.</Trans>
    </EmptyState>
  );
}
