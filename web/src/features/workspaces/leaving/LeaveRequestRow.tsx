/** One request to leave: who, why, and the decision. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";

import { Initials } from "@/components/Initials";
import type { LeaveRequest, Member } from "@/lib/api/types";
import { useMinuteMs } from "@/lib/clock";
import { notifyDone, notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useMe, useWorkspace } from "@/lib/session";
import { Moment } from "@/lib/time";

import { memberName } from "../members/members";
import { reaches } from "../roles";
import { ApproveDialog } from "./ApproveDialog";
import classes from "./Leaving.module.css";
import { useDecide } from "./useDecide";

interface Props {
  request: LeaveRequest;
  member: Member;
}

export function LeaveRequestRow({ request, member }: Props) {
  const nowMs = useMinuteMs();
  const name = memberName(member);
  return (
    <li className={classes.row}>
      <Initials name={name} />
      <div className={classes.words}>
        <Text fw={500}>{name}</Text>
        {request.reason && <Text className={classes.reason}>{request.reason}</Text>}
        <Text size="sm" c="dimmed">
          <Trans>
            Asked <Moment at={request.asked_at} nowMs={nowMs} />
          </Trans>
        </Text>
      </div>
      <Decision member={member} />
    </li>
  );
}

/** Only somebody whose role reaches the asker's decides; nobody decides about themselves. */
function Decision({ member }: { member: Member }) {
  const { t } = useLingui();
  const own = useWorkspace().role;
  const isMe = useMe().user.id === member.user_id;
  const [isApproving, approving] = useDisclosure(false);
  const { decide, isPending } = useDecide(member.user_id);
  const name = memberName(member);
  if (isMe || !reaches(own, member.role)) {
    return (
      <Text size="sm" c="dimmed">
        {member.role === "owner" ? <Trans>Another Owner decides.</Trans> : <Trans>An Owner decides.</Trans>}
      </Text>
    );
  }
  const deny = () =>
    void decide("deny").then(
      () => notifyDone(t`${name} stays.`),
      (error: unknown) => notifyProblem(problemText(error)),
    );
  return (
    <Group gap="sm">
      <Button
        size="compact-sm"
        variant="default"
        loading={isPending}
        onClick={deny}
        aria-label={t`Deny the request of ${name}`}
      >
        <Trans>Deny</Trans>
      </Button>
      <Button size="compact-sm" onClick={approving.open} aria-label={t`Approve the request of ${name}`}>
        <Trans>Approve</Trans>
      </Button>
      {isApproving && <ApproveDialog member={member} onClose={approving.close} />}
    </Group>
  );
}
