/** What an admin of a group may; with nothing ticked they are a plain member again. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Checkbox, Group, Input, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import { type GroupInfo, type GroupMember, useGroupChange } from "./chatInfo";
import { useAdminsRights } from "./rights";
import { refusalText } from "./telegramRefusals";

interface RightsDialogProps {
  chatId: string;
  group: GroupInfo;
  member: GroupMember;
  onClose: () => void;
}

const USUAL = ["delete_messages", "ban_users", "invite_users", "pin_messages"];

export function RightsDialog({ chatId, group, member, onClose }: RightsDialogProps) {
  const { t } = useLingui();
  const names = useAdminsRights();
  const own = group.management?.rights ?? [];
  const isAdmin = member.role === "admin";
  const usual = USUAL.filter((right) => own.includes(right));
  const [rights, setRights] = useState<string[]>(isAdmin ? member.rights : usual);
  const [rank, setRank] = useState(member.rank ?? "");
  const promote = useGroupChange("group.promote", chatId, { isToldHere: true });
  const save = (given: string[]) =>
    promote.mutate({ member_id: member.id, rights: given, rank }, { onSuccess: onClose });
  return (
    <Dialog opened onClose={onClose} title={member.name}>
      <Stack gap="md">
        {group.is_basic ? (
          <Text size="sm">
            <Trans>Admins of a basic group may change everything but who else is an admin.</Trans>
          </Text>
        ) : (
          <>
            <Checkbox.Group label={t`As an admin they may`} value={rights} onChange={setRights}>
              <Stack gap="xs" mt="xs">
                {Object.entries(names).map(([right, name]) => (
                  <Checkbox key={right} value={right} label={name} disabled={!own.includes(right)} />
                ))}
              </Stack>
            </Checkbox.Group>
            <TextInput
              label={t`Title shown beside the name`}
              maxLength={16}
              value={rank}
              onChange={(event) => setRank(event.currentTarget.value)}
            />
          </>
        )}
        {promote.error && <Input.Error role="alert">{refusalText(promote.error)}</Input.Error>}
        <Group justify="space-between">
          {isAdmin ? (
            <Button variant="subtle" color="red" loading={promote.isPending} onClick={() => save([])}>
              <Trans>Make a plain member</Trans>
            </Button>
          ) : (
            <span />
          )}
          <Button
            loading={promote.isPending}
            disabled={rights.length === 0}
            onClick={() => save(group.is_basic ? usual : rights)}
          >
            <Trans>Save</Trans>
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
