/** One seat: who sits on it, how it stands, and what can be done with it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Badge, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Mail, UserRound } from "lucide-react";
import type { ReactNode } from "react";

import { Initials } from "@/components/Initials";
import { planNames, seatStates } from "@/features/seats/words";
import { invitesQuery } from "@/features/workspaces/invites/invitesQuery";
import { memberName, useMembers } from "@/features/workspaces/members/members";
import type { Seat } from "@/lib/api/types";
import { useMe, useWorkspace } from "@/lib/session";
import { exactTime } from "@/lib/time";

import { SeatMenu } from "./SeatMenu";
import classes from "./SeatsSection.module.css";

interface Props {
  seat: Seat;
  /** Its place in the table: seats have no names. */
  number: number;
  /** Accounts its holder has connected. */
  used: number;
  onInvite: () => void;
}

export function SeatRow({ seat, number, used, onInvite }: Props) {
  const { i18n } = useLingui();
  const until = exactTime(seat.paid_until);
  return (
    <Table.Tr>
      <Table.Td>
        <Sitter seat={seat} />
      </Table.Td>
      <Table.Td>
        {i18n._(planNames[seat.plan])}
        <Text size="xs" c="dimmed">
          {seat.interval === "month" ? <Trans>Monthly</Trans> : <Trans>Yearly</Trans>}
        </Text>
        <Text size="xs" c="dimmed" className={classes.phoneOnly}>
          <Used used={used} seat={seat} /> · <Trans>until {until}</Trans>
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm" className="tabular">
        <Used used={used} seat={seat} />
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <time dateTime={seat.paid_until}>{until}</time>
      </Table.Td>
      <Table.Td className={classes.menu}>
        <SeatMenu seat={seat} number={number} onInvite={onInvite} />
      </Table.Td>
    </Table.Tr>
  );
}

function Used({ used, seat: { accounts } }: { used: number; seat: Seat }) {
  return (
    <Trans>
      {used} of {accounts}
    </Trans>
  );
}

function Sitter({ seat }: { seat: Seat }) {
  const { i18n } = useLingui();
  const { user } = useMe();
  const member = useMembers().data?.members.find((each) => each.user_id === seat.user_id);
  const { name, color } = seatStates[seat.state];
  const who = member && memberName(member);
  return (
    <div className={classes.person}>
      <Face name={who} isInvited={seat.state === "pending"} />
      <div className={classes.words}>
        <Text fw={500} component="div">
          {who ?? <Nobody seat={seat} />}{" "}
          {seat.user_id === user.id && (
            <Badge variant="light" color="gray" size="sm">
              <Trans>You</Trans>
            </Badge>
          )}
        </Text>
        <Badge variant="light" color={color} className={classes.state}>
          {i18n._(name)}
        </Badge>
      </div>
    </div>
  );
}

function Face({ name, isInvited }: { name: string | undefined; isInvited: boolean }): ReactNode {
  if (name !== undefined) return <Initials name={name} />;
  const Icon = isInvited ? Mail : UserRound;
  return (
    <span className={classes.empty} aria-hidden="true">
      <Icon size={16} />
    </span>
  );
}

/** For whom a seat waits that nobody holds. */
function Nobody({ seat }: { seat: Seat }) {
  const invites = useQuery(invitesQuery(useWorkspace().id)).data?.invites;
  if (seat.user_id !== null) return <Trans>Somebody who left</Trans>;
  if (seat.invite_id === null) return <Trans>Nobody</Trans>;
  return invites?.find((each) => each.id === seat.invite_id)?.email ?? <Trans>Anyone with the link</Trans>;
}
