/** Settings of tickets: how long they may take, and the workspace's own fields of them. */

import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { SettingsSection } from "@/components/SettingsSection";
import { ErrorState, LoadingRows } from "@/components/StateBlock";
import { WhoMay } from "@/features/workspaces/WhoMay";
import { usePageTitle } from "@/lib/pageTitle";
import { useCan, useWorkspace } from "@/lib/session";
import { slaQuery } from "../tickets";
import { FieldsSection } from "./FieldsSection";
import { SlaForm } from "./SlaForm";

export function TicketSettings() {
  const { t } = useLingui();
  usePageTitle(t`Tickets`, t`Settings`);
  return (
    <>
      <Deadlines />
      <FieldsSection />
    </>
  );
}

function Deadlines() {
  const mayChange = useCan("settings.change");
  const sla = useQuery(slaQuery(useWorkspace().id));
  return (
    <SettingsSection
      title={<Trans>How long tickets may take</Trans>}
      lead={
        mayChange ? (
          <Trans>
            A change holds for every ticket at once: its deadline is reckoned anew from when it was made.
          </Trans>
        ) : (
          <WhoMay action="settings.change" />
        )
      }
    >
      {sla.isPending && <LoadingRows rows={4} height={40} />}
      {sla.error && <ErrorState error={sla.error} onRetry={() => void sla.refetch()} />}
      {sla.data && <SlaForm key={sla.data.version} settings={sla.data} isReadOnly={!mayChange} />}
    </SettingsSection>
  );
}
