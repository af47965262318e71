/** For a person who is in no workspace (left or removed from all). */

import { Trans, useLingui } from "@lingui/react/macro";

import { PublicPage } from "@/components/PublicPage";

import { CreateWorkspaceForm } from "./CreateWorkspaceForm";

export function FirstWorkspaceScreen() {
  const { t } = useLingui();
  return (
    <PublicPage
      title={t`Create a workspace`}
      lead={<Trans>You are in no workspace at the moment. Make one, or open an invitation link.</Trans>}
    >
      <CreateWorkspaceForm />
    </PublicPage>
  );
}
