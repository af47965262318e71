/** Who asks to leave, for those who decide. Nothing is shown while nobody does. */

import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";

import { SettingsSection } from "@/components/SettingsSection";
import { ErrorState } from "@/components/StateBlock";
import { useWorkspace } from "@/lib/session";

import { useMembers } from "../members/members";
import { LeaveRequestRow } from "./LeaveRequestRow";
import classes from "./Leaving.module.css";
import { leaveRequestsQuery } from "./leaveRequestsQuery";

export function LeaveRequests() {
  const asked = useQuery(leaveRequestsQuery(useWorkspace().id));
  const members = useMembers().data?.members ?? [];
  const rows = (asked.data?.requests ?? []).flatMap((request) => {
    const member = members.find((each) => each.user_id === request.user_id);
    return member ? [{ request, member }] : [];
  });
  if (rows.length === 0 && !asked.isError) return null;
  return (
    <SettingsSection
      title={<Trans>Requests to leave</Trans>}
      lead={<Trans>Whoever leaves takes nothing along: chats, columns and values stay.</Trans>}
    >
      {asked.isError && <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />}
      <ul className={classes.list}>
        {rows.map((row) => (
          <LeaveRequestRow key={row.member.user_id} {...row} />
        ))}
      </ul>
    </SettingsSection>
  );
}
