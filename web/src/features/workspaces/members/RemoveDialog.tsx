/** Remove somebody from the workspace; their name is typed to confirm. */

import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";

import { TypedDialog } from "@/components/TypedDialog";
import { http } from "@/lib/api/client";
import type { Member } from "@/lib/api/types";
import { notifyDone } from "@/lib/notify";
import { useWorkspace } from "@/lib/session";

import { Consequences } from "../leaving/Consequences";
import { memberName, membersQuery } from "./members";

interface Props {
  member: Member;
  onClose: () => void;
}

export function RemoveDialog({ member, onClose }: Props) {
  const { t } = useLingui();
  const name = memberName(member);
  const remove = useRemove(member.user_id);
  const run = async () => {
    await remove();
    notifyDone(t`${name} was removed.`);
  };
  return (
    <TypedDialog
      onClose={onClose}
      title={<Trans>Remove {name}?</Trans>}
      typed={name}
      action={<Trans>Remove from workspace</Trans>}
      run={run}
    >
      <Consequences />
    </TypedDialog>
  );
}

function useRemove(userId: string): () => Promise<void> {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  return async () => {
    const path = { workspace_id: workspaceId, user_id: userId };
    await http.DELETE("/workspaces/{workspace_id}/members/{user_id}", { params: { path } });
    await client.invalidateQueries(membersQuery(workspaceId));
  };
}
