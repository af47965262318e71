/** The end of a workspace. */

import { Trans } from "@lingui/react/macro";
import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";

import { SettingsSection } from "@/components/SettingsSection";
import { useCan } from "@/lib/session";

import { WhoMay } from "../WhoMay";
import { DeleteWorkspaceDialog } from "./DeleteWorkspaceDialog";

export function DangerZone() {
  const mayDelete = useCan("workspace.delete");
  const [isDeleting, deleting] = useDisclosure(false);
  return (
    <div id="danger">
      <SettingsSection
        title={<Trans>Delete this workspace</Trans>}
        lead={
          mayDelete ? (
            <Trans>
              Everybody is shut out at once. Chats' columns and values, the activity log and all connections
              are erased; Telegram itself keeps its messages.
            </Trans>
          ) : (
            <WhoMay action="workspace.delete" />
          )
        }
      >
        {mayDelete && (
          <Group>
            <Button color="red" variant="outline" onClick={deleting.open}>
              <Trans>Delete workspace</Trans>
            </Button>
          </Group>
        )}
      </SettingsSection>
      {isDeleting && <DeleteWorkspaceDialog onClose={deleting.close} />}
    </div>
  );
}
