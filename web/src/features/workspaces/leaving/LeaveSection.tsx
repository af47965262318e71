/** The way out of a workspace for the person at the screen. */

import { Trans } from "@lingui/react/macro";
import { Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";

import { SettingsSection } from "@/components/SettingsSection";
import { TextLink } from "@/components/TextLink";
import { useMe, useWorkspace } from "@/lib/session";

import { isOnlyOwner, useMembers } from "../members/members";
import { AskToLeaveDialog } from "./AskToLeaveDialog";
import { GoDialog } from "./GoDialog";
import { useWithdraw } from "./useWithdraw";

export function LeaveSection() {
  const { user } = useMe();
  const { role } = useWorkspace();
  const members = useMembers().data?.members;
  const self = members?.find((each) => each.user_id === user.id);
  if (members === undefined || self === undefined) return null;
  if (self.state === "leaving") return <Waiting />;
  if (isOnlyOwner(members, user.id)) return <OnlyOwner />;
  return role === "owner" ? <Go /> : <Ask />;
}

function Section({ lead, children }: { lead: ReactNode; children?: ReactNode }) {
  return (
    <SettingsSection title={<Trans>Leave this workspace</Trans>} lead={lead}>
      {children}
    </SettingsSection>
  );
}

function Ask() {
  const [isAsking, asking] = useDisclosure(false);
  return (
    <Section lead={<Trans>An Admin or Owner decides about your request.</Trans>}>
      <Group>
        <Button variant="default" onClick={asking.open}>
          <Trans>Ask to leave</Trans>
        </Button>
      </Group>
      {isAsking && <AskToLeaveDialog onClose={asking.close} />}
    </Section>
  );
}

function Waiting() {
  const withdraw = useWithdraw();
  return (
    <Section lead={<Trans>You asked to leave. You are told by mail what was decided.</Trans>}>
      <Group>
        <Button variant="default" loading={withdraw.isPending} onClick={withdraw.run}>
          <Trans>Withdraw the request</Trans>
        </Button>
      </Group>
    </Section>
  );
}

/** Owners need nobody's leave while another Owner remains. */
function Go() {
  const [isGoing, going] = useDisclosure(false);
  return (
    <Section lead={<Trans>Another Owner remains, so you can go at any time.</Trans>}>
      <Group>
        <Button variant="default" onClick={going.open}>
          <Trans>Leave the workspace</Trans>
        </Button>
      </Group>
      {isGoing && <GoDialog onClose={going.close} />}
    </Section>
  );
}

function OnlyOwner() {
  const ws = useWorkspace().id;
  return (
    <Section lead={<Trans>A workspace needs an Owner, and you are the only one.</Trans>}>
      <Text size="sm">
        <Trans>Make somebody else Owner first, or</Trans>{" "}
        <TextLink to="/w/$ws/settings/general" params={{ ws }} hash="danger" underline="always">
          <Trans>delete the workspace</Trans>
        </TextLink>
        .
      </Text>
    </Section>
  );
}
