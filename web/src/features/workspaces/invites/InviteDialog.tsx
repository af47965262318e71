/** Make an invitation link, then copy it: the link is shown once. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { Dialog } from "@/components/Dialog";
import { FormProblem } from "@/components/FormProblem";
import { LoadingRows } from "@/components/StateBlock";
import { seatsQuery } from "@/features/seats/seats";
import { api } from "@/lib/api/client";
import type { NewInvite } from "@/lib/api/types";
import { showProblem } from "@/lib/forms";
import { useWorkspace } from "@/lib/session";

import { grantableRoles, useRoleName } from "../roles";
import { invitesQuery } from "./invitesQuery";
import { MadeLink } from "./MadeLink";
import { NoSeatFree, SeatChoice } from "./SeatChoice";
import { useInvitedSeat } from "./useInvitedSeat";

interface Props {
  opened: boolean;
  /** The seat to invite into, where one was chosen before. */
  seatId?: string | undefined;
  onClose: () => void;
}

export function InviteDialog({ opened, seatId, onClose }: Props) {
  const [made, setMade] = useState<NewInvite | null>(null);
  const close = () => {
    setMade(null);
    onClose();
  };
  return (
    <Dialog opened={opened} onClose={close} title={<Trans>Invite to the workspace</Trans>}>
      {made === null ? (
        <InviteForm seatId={seatId} onMade={setMade} />
      ) : (
        <MadeLink invite={made} onDone={close} />
      )}
    </Dialog>
  );
}

interface FormProps {
  seatId: string | undefined;
  onMade: (invite: NewInvite) => void;
}

function InviteForm({ seatId, onMade }: FormProps) {
  const { t } = useLingui();
  const workspace = useWorkspace();
  const roleName = useRoleName();
  // Owners are made of people who are here already.
  const roles = grantableRoles(workspace.role).filter((role) => role !== "owner");
  const [problem, setProblem] = useState<string | null>(null);
  const create = useCreateInvite(onMade);
  const seat = useInvitedSeat(seatId);
  const form = useForm({ mode: "controlled", initialValues: { role: "member", email: "" } });
  const submit = form.onSubmit(({ role, email }) => {
    setProblem(null);
    const body = {
      role: role === "admin" ? ("admin" as const) : ("member" as const),
      email: email.trim() || null,
      seat_id: seat.chosen,
    };
    create.mutate(
      { params: { path: { workspace_id: workspace.id } }, body },
      { onError: (error) => setProblem(showProblem(form, error)) },
    );
  });
  if (seat.isPending) return <LoadingRows rows={2} height={48} />;
  if (seat.isMissing) return <NoSeatFree />;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <FormProblem>{problem}</FormProblem>
        {roles.length > 1 && (
          <SegmentedControl
            aria-label={t`Role`}
            data={roles.map((role) => ({ value: role, label: roleName(role) }))}
            {...form.getInputProps("role")}
          />
        )}
        <Text size="sm" c="dimmed">
          {form.values.role === "admin" ? (
            <Trans>Admins also manage members, columns and settings.</Trans>
          ) : (
            <Trans>Members work with chats, values and their own Telegram accounts.</Trans>
          )}
        </Text>
        <TextInput
          label={t`E-mail (optional)`}
          description={t`Only the person with this address can then join. They are mailed the link.`}
          type="email"
          data-autofocus
          {...form.getInputProps("email")}
        />
        <SeatChoice seat={seat} />
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending}>
            <Trans>Create link</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useCreateInvite(onMade: (invite: NewInvite) => void) {
  const workspace = useWorkspace();
  const queryClient = useQueryClient();
  return api.useMutation("post", "/workspaces/{workspace_id}/invites", {
    onSuccess: (invite) => {
      onMade(invite);
      void queryClient.invalidateQueries(invitesQuery(workspace.id));
      void queryClient.invalidateQueries(seatsQuery(workspace.id));
    },
  });
}
