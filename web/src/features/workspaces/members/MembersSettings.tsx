/** Who is in the workspace, who is invited, and who wants to leave. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { UserPlus } from "lucide-react";

import { SettingsSection } from "@/components/SettingsSection";
import { usePageTitle } from "@/lib/pageTitle";
import { useCan } from "@/lib/session";

import { InviteDialog } from "../invites/InviteDialog";
import { InvitesList } from "../invites/InvitesList";
import { LeaveRequests } from "../leaving/LeaveRequests";
import { LeaveSection } from "../leaving/LeaveSection";
import classes from "./MembersSettings.module.css";
import { MembersTable } from "./MembersTable";

export function MembersSettings() {
  const { t } = useLingui();
  const [isInviting, inviting] = useDisclosure(false);
  const mayInvite = useCan("members.invite");
  const mayDecide = useCan("leaving.decide");
  usePageTitle(t`Members`, t`Settings`);
  return (
    <>
      {mayDecide && <LeaveRequests />}
      <SettingsSection
        title={<Trans>Members</Trans>}
        lead={
          <Trans>
            Everyone here shares the columns and their values. Messages stay with whoever connected the
            account.
          </Trans>
        }
        action={
          mayInvite && (
            <Button leftSection={<UserPlus size={16} />} onClick={inviting.open} className={classes.invite}>
              <Trans>Invite</Trans>
            </Button>
          )
        }
      >
        <MembersTable />
      </SettingsSection>
      {mayInvite && <InvitesList onInvite={inviting.open} />}
      {mayInvite && <InviteDialog opened={isInviting} onClose={inviting.close} />}
      <LeaveSection />
    </>
  );
}
