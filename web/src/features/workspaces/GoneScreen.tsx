/** The person was in this workspace a moment ago and is no longer: they left, were removed, or it was erased. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { PublicPage } from "@/components/PublicPage";

import { OtherWorkspaces } from "./OtherWorkspaces";

export default function GoneScreen({ workspaceId, name }: { workspaceId: string; name: string }) {
  const { t } = useLingui();
  useForgotten(workspaceId);
  return (
    <PublicPage
      title={t`You are no longer in ${name}`}
      lead={<Trans>You left, or somebody removed you. Nothing of it is kept in this browser.</Trans>}
    >
      <Text size="sm">
        <Trans>
          Telegram accounts you had connected there are logged out. If this surprises you, ask the people you
          worked with.
        </Trans>
      </Text>
      <OtherWorkspaces except={workspaceId} />
    </PublicPage>
  );
}

/** What this tab knows of the workspace is dropped. */
function useForgotten(workspaceId: string): void {
  const client = useQueryClient();
  useEffect(() => {
    client.removeQueries({ predicate: ({ queryKey }) => JSON.stringify(queryKey).includes(workspaceId) });
  }, [client, workspaceId]);
}
