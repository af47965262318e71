import { createFileRoute, notFound, redirect } from "@tanstack/react-router";

import { PersonalPage } from "@/app/PersonalPage";
import { SecurityPage } from "@/app/SecurityPage";
import { AppearanceSettings } from "@/features/identity/AppearanceSettings";
import { ProfileSettings } from "@/features/identity/ProfileSettings";
import { openWorkspaceOf } from "@/features/workspaces/lastWorkspace";

const PAGES = { security: SecurityPage, profile: ProfileSettings, appearance: AppearanceSettings };

type Name = keyof typeof PAGES;

function isPage(name: string): name is Name {
  return name in PAGES;
}

/** A person's own settings by an address that names no workspace, as letters do: in the one they were in last. */
export const Route = createFileRoute("/_signed/settings/$page")({
  beforeLoad: ({ context, params: { page } }) => {
    if (!isPage(page)) throw notFound();
    const workspace = openWorkspaceOf(context);
    if (workspace) throw redirect({ to: `/w/$ws/settings/${page}`, params: { ws: workspace.id } });
  },
  component: Page,
});

function Page() {
  const { page } = Route.useParams();
  const Settings = PAGES[page as Name];
  return (
    <PersonalPage>
      <Settings />
    </PersonalPage>
  );
}
