/** Who changed what in the workspace, as it happens. */

import { Trans, useLingui } from "@lingui/react/macro";

import { PageHeader } from "@/components/PageHeader";
import { NoAccess } from "@/features/workspaces/NoAccess";
import { usePageTitle } from "@/lib/pageTitle";
import { useCan, useWorkspace } from "@/lib/session";

import { ActivityLog } from "./ActivityLog";
import classes from "./ActivityScreen.module.css";
import { ExportBar } from "./ExportBar";
import { ExportButton } from "./ExportButton";
import { FilterBar } from "./FilterBar";
import type { ActivityFilters } from "./filters";
import { useExport } from "./useExport";

interface Props {
  filters: ActivityFilters;
  onFilter: (filters: ActivityFilters) => void;
}

export function ActivityScreen({ filters, onFilter }: Props) {
  const { t } = useLingui();
  const workspace = useWorkspace();
  const mayRead = useCan("activity.read");
  const mayExport = useCan("activity.export");
  const exporting = useExport(filters);
  usePageTitle(t`Activity`, workspace.name);
  return (
    <div className={classes.screen}>
      <PageHeader title={<Trans>Activity</Trans>}>
        {mayExport && <ExportButton exporting={exporting} />}
      </PageHeader>
      {mayExport && <ExportBar exporting={exporting} />}
      {mayRead ? <Readable filters={filters} onFilter={onFilter} /> : <NoAccess action="activity.read" />}
    </div>
  );
}

function Readable({ filters, onFilter }: Props) {
  return (
    <>
      <FilterBar filters={filters} onChange={onFilter} />
      <ActivityLog key={JSON.stringify(filters)} filters={filters} onFilter={onFilter} />
      <footer className={classes.footer}>
        <WhoSees />
      </footer>
    </>
  );
}

function WhoSees() {
  return useCan("activity.addresses.see") ? (
    <Trans>Everyone in the workspace reads this log. Addresses and devices only Admins and Owners see.</Trans>
  ) : (
    <Trans>Everyone in the workspace reads this log.</Trans>
  );
}
