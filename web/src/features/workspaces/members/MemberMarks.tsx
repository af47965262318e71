/** What stands out about a member: a wish to leave, permissions of their own. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Badge } from "@mantine/core";
import { Armchair, DoorOpen } from "lucide-react";

import { planNames } from "@/features/seats/words";
import type { Member } from "@/lib/api/types";
import { useMinuteMs } from "@/lib/clock";

import { flagWords } from "../permissionWords";
import classes from "./MembersSettings.module.css";

export function MemberMarks({ member }: { member: Member }) {
  const { i18n } = useLingui();
  // Flags add something to Members only: the roles above have it all.
  const flags = member.role === "member" ? member.flags : [];
  return (
    <div className={classes.marks}>
      {member.seat && <SeatMark seat={member.seat} />}
      {member.state === "leaving" && (
        <Badge variant="light" color="yellow" leftSection={<DoorOpen size={12} aria-hidden />}>
          <Trans>Asks to leave</Trans>
        </Badge>
      )}
      {flags.map((flag) => (
        <Badge key={flag} variant="light" color="brand">
          {i18n._(flagWords[flag].title)}
        </Badge>
      ))}
    </div>
  );
}

function SeatMark({ seat }: { seat: NonNullable<Member["seat"]> }) {
  const { i18n } = useLingui();
  const isPaid = Date.parse(seat.until) > useMinuteMs();
  const plan = i18n._(planNames[seat.plan]);
  return (
    <Badge variant="light" color={isPaid ? "gray" : "red"} leftSection={<Armchair size={12} aria-hidden />}>
      {isPaid ? <Trans>{plan} seat</Trans> : <Trans>{plan} seat, expired</Trans>}
    </Badge>
  );
}
