/** What Owners switch for the whole workspace. Everybody else sees how it stands and who may change it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";

import { SettingsSection } from "@/components/SettingsSection";
import { ErrorState, LoadingRows } from "@/components/StateBlock";
import { useCan, useWorkspace, workspaceQuery } from "@/lib/session";

import { WhoMay } from "../WhoMay";
import { ToggleRow } from "./ToggleRow";
import classes from "./Toggles.module.css";
import { type ToggleGroup, toggleGroups } from "./toggleGroups";

export function ToggleSections() {
  const mayChange = useCan("toggles.change");
  return toggleGroups.map((group) => <Group key={group.toggles[0]} group={group} mayChange={mayChange} />);
}

function Group({ group, mayChange }: { group: ToggleGroup; mayChange: boolean }) {
  const { i18n } = useLingui();
  return (
    <SettingsSection
      title={i18n._(group.title)}
      lead={
        <>
          {i18n._(group.lead)} {!mayChange && <WhoMay action="toggles.change" />}
        </>
      }
    >
      <Rows group={group} mayChange={mayChange} />
    </SettingsSection>
  );
}

function Rows({ group, mayChange }: { group: ToggleGroup; mayChange: boolean }) {
  const workspace = useQuery(workspaceQuery(useWorkspace().id));
  if (workspace.isPending) return <LoadingRows rows={group.toggles.length} height={44} />;
  if (workspace.data === undefined)
    return <ErrorState error={workspace.error} onRetry={() => void workspace.refetch()} />;
  const { toggles } = workspace.data;
  const isShut = group.toggles.includes("tickets_enabled") && !toggles.tickets_enabled;
  return (
    <div className={classes.list}>
      {group.toggles.map((toggle) => (
        <ToggleRow
          key={toggle}
          toggle={toggle}
          isOn={toggles[toggle] ?? false}
          mayChange={mayChange}
          note={
            isShut && toggle !== "tickets_enabled" ? <Trans>Counts again when tickets are on.</Trans> : null
          }
        />
      ))}
    </div>
  );
}
