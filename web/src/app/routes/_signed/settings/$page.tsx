import { createFileRoute, notFound, redirect } from "@tanstack/react-router";

import { PersonalSettings } from "@/app/PersonalSettings";
import { isPersonalSettings, type PersonalSettingsName } from "@/app/personalSettingsNames";
import { openWorkspaceOf } from "@/features/workspaces/lastWorkspace";

/** A person's own settings by an address that names no workspace, as letters do: in the one they were in last. */
export const Route = createFileRoute("/_signed/settings/$page")({
  beforeLoad: ({ context, params: { page } }) => {
    if (!isPersonalSettings(page)) throw notFound();
    const workspace = openWorkspaceOf(context);
    if (workspace) throw redirect({ to: `/w/$ws/settings/${page}`, params: { ws: workspace.id } });
  },
  component: Page,
});

function Page() {
  const { page } = Route.useParams();
  return <PersonalSettings name={page as PersonalSettingsName} />;
}
