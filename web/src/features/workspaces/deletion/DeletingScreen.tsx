/** A workspace that somebody deleted: when it is gone, and the way back while there is one. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { PublicPage } from "@/components/PublicPage";
import { Refusal } from "@/components/Refusal";
import { ProofDialog } from "@/features/identity/proof/ProofDialog";
import type { Membership } from "@/lib/api/types";
import { useNowMs } from "@/lib/clock";
import { meQuery } from "@/lib/session";
import { exactTime } from "@/lib/time";

import { OtherWorkspaces } from "../OtherWorkspaces";
import { deleteWorkspace, undoDeletion } from "./deleteWorkspace";

/** No socket is open to a workspace that is being deleted, so it is asked whether somebody undid it, or it is gone. */
const ASK_EVERY_MS = 10_000;

export default function DeletingScreen({ workspace }: { workspace: Membership }) {
  const { t } = useLingui();
  const nowMs = useNowMs();
  useQuery({ ...meQuery, refetchInterval: ASK_EVERY_MS });
  const hasBegun = workspace.deletes_at !== null && Date.parse(workspace.deletes_at) <= nowMs;
  const until = workspace.deletes_at ? exactTime(workspace.deletes_at) : "";
  return (
    <PublicPage
      title={hasBegun ? t`${workspace.name} is being erased` : t`${workspace.name} is to be deleted`}
      lead={
        hasBegun ? (
          <Trans>Erasing has begun, and there is no way back.</Trans>
        ) : (
          <Trans>It is erased on {until}. Until then nobody can open it.</Trans>
        )
      }
    >
      {!hasBegun && <WayBack workspace={workspace} />}
      <OtherWorkspaces except={workspace.id} />
    </PublicPage>
  );
}

function WayBack({ workspace }: { workspace: Membership }) {
  if (workspace.role === "owner") return <OwnerActions workspace={workspace} />;
  return (
    <Text size="sm">
      <Trans>An Owner of the workspace can undo this.</Trans>
    </Text>
  );
}

function OwnerActions({ workspace }: { workspace: Membership }) {
  const [isErasing, erasing] = useDisclosure(false);
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: meQuery.queryKey });
  const undo = useMutation({ mutationFn: () => undoDeletion(workspace.id), onSettled: refresh });
  return (
    <Stack gap="md">
      <Refusal error={undo.error} />
      <Button onClick={() => undo.mutate()} loading={undo.isPending}>
        <Trans>Undo the deletion</Trans>
      </Button>
      <Button variant="subtle" color="red" onClick={erasing.open}>
        <Trans>Erase it now</Trans>
      </Button>
      <ProofDialog
        opened={isErasing}
        onClose={erasing.close}
        title={<Trans>Erase {workspace.name} now?</Trans>}
        typed={workspace.name}
        action={<Trans>Erase workspace now</Trans>}
        isDangerous
        run={(proof) =>
          deleteWorkspace(workspace.id, { name: workspace.name, now: true, proof }).then(refresh)
        }
      >
        <Text>
          <Trans>Erasing begins at once. There is no way back.</Trans>
        </Text>
      </ProofDialog>
    </Stack>
  );
}
