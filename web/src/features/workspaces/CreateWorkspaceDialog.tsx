/** The dialog of a new workspace. A chunk of its own: most visits never open it. */

import { Trans } from "@lingui/react/macro";

import { Dialog } from "@/components/Dialog";

import { CreateWorkspaceForm } from "./CreateWorkspaceForm";

export default function CreateWorkspaceDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog opened onClose={onClose} title={<Trans>Create a workspace</Trans>}>
      <CreateWorkspaceForm onDone={onClose} />
    </Dialog>
  );
}
