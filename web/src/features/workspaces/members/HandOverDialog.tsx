/** Make another member Owner in one's own place. */

import { Trans, useLingui } from "@lingui/react/macro";
import { List } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";

import { ProofDialog } from "@/features/identity/proof/ProofDialog";
import { http } from "@/lib/api/client";
import type { Member, Proof } from "@/lib/api/types";
import { notifyDone } from "@/lib/notify";
import { meQuery, useWorkspace, workspaceQuery } from "@/lib/session";

import { memberName, membersQuery } from "./members";

interface Props {
  member: Member;
  onClose: () => void;
}

export function HandOverDialog({ member, onClose }: Props) {
  const { t } = useLingui();
  const workspace = useWorkspace();
  const client = useQueryClient();
  const name = memberName(member);
  const run = async (proof: Proof) => {
    await http.POST("/workspaces/{workspace_id}/ownership", {
      params: { path: { workspace_id: workspace.id } },
      body: { user_id: member.user_id, proof },
    });
    notifyDone(t`${name} owns the workspace now.`);
    const changed = [membersQuery(workspace.id), workspaceQuery(workspace.id), meQuery];
    await Promise.all(changed.map(({ queryKey }) => client.invalidateQueries({ queryKey })));
  };
  return (
    <ProofDialog
      opened
      onClose={onClose}
      title={<Trans>Hand the workspace over to {name}?</Trans>}
      typed={name}
      action={<Trans>Hand over ownership</Trans>}
      isDangerous
      run={run}
    >
      <List spacing="xs" size="sm">
        <List.Item>
          <Trans>{name} becomes Owner and decides everything here.</Trans>
        </List.Item>
        <List.Item>
          <Trans>You become Admin. Only an Owner can make you Owner again.</Trans>
        </List.Item>
      </List>
    </ProofDialog>
  );
}
