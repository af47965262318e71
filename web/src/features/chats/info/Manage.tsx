/** Managing a group or channel, as far as the account may: name, link, members' rights, slow mode, leaving. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Collapse, Group, NativeSelect, Stack, Switch, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { ConfirmDialog } from "@/components/ConfirmDialog";
import { CopyText } from "@/components/CopyText";
import { notifyDone } from "@/lib/notify";
import {
  type ChatInfo,
  type GroupInfo,
  type Management,
  useGroupChange,
  useShownManagement,
} from "./chatInfo";
import { EditGroupDialog } from "./EditGroupDialog";
import classes from "./info.module.css";
import { useMembersRights } from "./rights";

interface ManageProps {
  chatId: string;
  info: ChatInfo;
  group: GroupInfo;
}

export function Manage({ chatId, info, group }: ManageProps) {
  const { management } = group;
  const [isEditing, setEditing] = useState(false);
  const [showsRights, setShowsRights] = useState(false);
  if (!management) return null;
  const may = (right: string) => management.rights.includes(right);
  const isGroup = info.kind === "group";
  return (
    <div className={classes.stack}>
      <Group gap="xs">
        {may("change_info") && (
          <Button size="compact-sm" variant="default" onClick={() => setEditing(true)}>
            <Trans>Name and description</Trans>
          </Button>
        )}
        {isGroup && (
          <Button
            size="compact-sm"
            variant="default"
            aria-expanded={showsRights}
            onClick={() => setShowsRights(!showsRights)}
          >
            <Trans>What members may</Trans>
          </Button>
        )}
        {group.role !== "left" && <Leave chatId={chatId} isGroup={isGroup} />}
      </Group>
      <Collapse expanded={showsRights}>
        <MembersRights chatId={chatId} management={management} isBasic={group.is_basic} />
      </Collapse>
      {(management.invite_link || may("invite_users")) && (
        <InviteLink chatId={chatId} link={management.invite_link} mayMake={may("invite_users")} />
      )}
      {may("invite_users") && <AddMember chatId={chatId} />}
      {isEditing && (
        <EditGroupDialog
          chatId={chatId}
          title={info.title}
          about={info.about}
          onClose={() => setEditing(false)}
        />
      )}
    </div>
  );
}

interface MembersRightsProps {
  chatId: string;
  management: Management;
  isBasic: boolean;
}

function MembersRights({ chatId, management, isBasic }: MembersRightsProps) {
  const { t } = useLingui();
  const names = useMembersRights();
  const permit = useGroupChange("group.permit", chatId);
  const slowDown = useGroupChange("group.slow_mode", chatId);
  const show = useShownManagement(chatId);
  const mayChange = management.rights.includes("ban_users");
  const change = (right: string, isPermitted: boolean) => {
    const others = management.denied.filter((each) => each !== right);
    show((shown) => ({ ...shown, denied: isPermitted ? others : [...others, right] }));
    permit.mutate({ right, is_permitted: isPermitted });
  };
  const waits = [0, 10, 30, 60, 300, 900, 3600];
  const waitName = (seconds: number) => {
    if (seconds === 0) return t`No wait`;
    return seconds < 60 ? t`${seconds} s` : t`${seconds / 60} min`;
  };
  return (
    <Stack gap="xs">
      {Object.entries(names).map(([right, name]) => (
        <Switch
          key={right}
          size="sm"
          label={name}
          disabled={!mayChange}
          checked={!management.denied.includes(right)}
          onChange={(event) => change(right, event.currentTarget.checked)}
        />
      ))}
      {!isBasic && (
        <NativeSelect
          size="xs"
          label={t`Wait between two messages of a member`}
          disabled={!mayChange}
          value={`${management.slow_mode_s}`}
          data={waits.map((seconds) => ({ value: `${seconds}`, label: waitName(seconds) }))}
          onChange={(event) => {
            const seconds = Number(event.currentTarget.value);
            show((shown) => ({ ...shown, slow_mode_s: seconds }));
            slowDown.mutate({ seconds });
          }}
        />
      )}
    </Stack>
  );
}

interface InviteLinkProps {
  chatId: string;
  link: string | null;
  mayMake: boolean;
}

/** A link is made only when the person asks for it: making one ends the link that stands. */
function InviteLink({ chatId, link, mayMake }: InviteLinkProps) {
  const { t } = useLingui();
  const make = useGroupChange("group.link", chatId);
  const [isAsking, setAsking] = useState(false);
  return (
    <div>
      {link && <CopyText label={t`Invite link`} text={link} />}
      {mayMake && (
        <Button
          size="compact-sm"
          variant="subtle"
          loading={make.isPending}
          onClick={() => (link ? setAsking(true) : make.mutate({}))}
        >
          {link ? <Trans>Replace the link</Trans> : <Trans>Make an invite link</Trans>}
        </Button>
      )}
      {isAsking && (
        <ConfirmDialog
          title={t`Replace the invite link`}
          action={t`Replace`}
          isBusy={make.isPending}
          onConfirm={() => make.mutate({}, { onSuccess: () => setAsking(false) })}
          onClose={() => setAsking(false)}
        >
          <Trans>The link that stands stops working at once, wherever it was shared.</Trans>
        </ConfirmDialog>
      )}
    </div>
  );
}

function AddMember({ chatId }: { chatId: string }) {
  const { t } = useLingui();
  const add = useGroupChange("group.add", chatId);
  const [name, setName] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return;
    add.mutate(
      { name },
      {
        onSuccess: () => {
          notifyDone(t`${name} was added.`);
          setName("");
        },
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput
          size="xs"
          className={classes.grow}
          label={t`Add a member`}
          placeholder="@username"
          maxLength={256}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button size="xs" type="submit" variant="default" loading={add.isPending}>
          <Trans>Add</Trans>
        </Button>
      </Group>
    </form>
  );
}

function Leave({ chatId, isGroup }: { chatId: string; isGroup: boolean }) {
  const { t } = useLingui();
  const leave = useGroupChange("group.leave", chatId);
  const [isAsking, setAsking] = useState(false);
  const title = isGroup ? t`Leave group` : t`Leave channel`;
  return (
    <>
      <Button size="compact-sm" variant="subtle" color="red" onClick={() => setAsking(true)}>
        {title}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={title}
          action={title}
          isBusy={leave.isPending}
          onConfirm={() => leave.mutate({}, { onSettled: () => setAsking(false) })}
          onClose={() => setAsking(false)}
        >
          <Text>
            <Trans>
              This account no longer reads it. To come back it needs an invitation or a public link.
            </Trans>
          </Text>
        </ConfirmDialog>
      )}
    </>
  );
}
