/** An Owner leaves the workspace to the other Owners. */

import { Trans } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { TypedDialog } from "@/components/TypedDialog";
import { http } from "@/lib/api/client";
import { meQuery, useMe, useWorkspace } from "@/lib/session";

import { Consequences } from "./Consequences";

export function GoDialog({ onClose }: { onClose: () => void }) {
  const { id, name } = useWorkspace();
  const userId = useMe().user.id;
  const client = useQueryClient();
  const navigate = useNavigate();
  const run = async () => {
    const path = { workspace_id: id, user_id: userId };
    await http.DELETE("/workspaces/{workspace_id}/members/{user_id}", { params: { path } });
    await client.fetchQuery({ ...meQuery, staleTime: 0 });
    void navigate({ to: "/" });
  };
  return (
    <TypedDialog
      onClose={onClose}
      title={<Trans>Leave {name}?</Trans>}
      typed={name}
      action={<Trans>Leave the workspace</Trans>}
      run={run}
    >
      <Consequences isOwn />
    </TypedDialog>
  );
}
