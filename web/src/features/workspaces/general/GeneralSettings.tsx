/** The workspace itself: its name and logo, what Members may, and its end. */

import { Trans, useLingui } from "@lingui/react/macro";

import { SettingsSection } from "@/components/SettingsSection";
import { AlertsSection } from "@/features/alerts/AlertsSection";
import { usePageTitle } from "@/lib/pageTitle";
import { useCan, useWorkspace } from "@/lib/session";

import { WhoMay } from "../WhoMay";
import { DangerZone } from "./DangerZone";
import { LogoField } from "./LogoField";
import { NameForm } from "./NameForm";
import { ToggleSections } from "./ToggleSections";

export function GeneralSettings() {
  const { t } = useLingui();
  const workspace = useWorkspace();
  const mayChange = useCan("settings.change");
  usePageTitle(t`Workspace`, t`Settings`);
  return (
    <>
      <SettingsSection
        title={<Trans>Workspace</Trans>}
        lead={
          mayChange ? (
            <Trans>Everyone in the workspace sees its name and logo.</Trans>
          ) : (
            <WhoMay action="settings.change" />
          )
        }
      >
        <LogoField mayChange={mayChange} />
        <NameForm key={workspace.name} workspace={workspace} mayChange={mayChange} />
      </SettingsSection>
      <AlertsSection />
      <ToggleSections />
      <DangerZone />
    </>
  );
}
