/** What one Member may beyond their role. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";

import { Dialog } from "@/components/Dialog";
import type { Flag, Member } from "@/lib/api/types";
import { notifyDone, notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";

import { flagWords } from "../permissionWords";
import { memberName, useChangeMember } from "./members";

interface Props {
  member: Member;
  onClose: () => void;
}

const FLAGS = Object.keys(flagWords) as Flag[];

export function FlagsDialog({ member, onClose }: Props) {
  const { t, i18n } = useLingui();
  const [flags, setFlags] = useState<Flag[]>(member.flags);
  const { change } = useChangeMember(member.user_id);
  const name = memberName(member);
  const save = () => {
    const done = () => notifyDone(t`Permissions of ${name} changed.`);
    void change({ flags }).then(done, (error: unknown) => notifyProblem(problemText(error)));
    onClose();
  };
  return (
    <Dialog opened onClose={onClose} title={<Trans>Permissions of {name}</Trans>}>
      <Stack gap="lg">
        <Text size="sm" c="dimmed">
          <Trans>What this Member may do besides what every Member may.</Trans>
        </Text>
        <Checkbox.Group
          aria-label={t`Permissions`}
          value={flags}
          onChange={(chosen) => setFlags(chosen as Flag[])}
        >
          <Stack gap="md">
            {FLAGS.map((flag) => (
              <Checkbox
                key={flag}
                value={flag}
                label={i18n._(flagWords[flag].title)}
                description={i18n._(flagWords[flag].consequence)}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button onClick={save}>
            <Trans>Save permissions</Trans>
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
