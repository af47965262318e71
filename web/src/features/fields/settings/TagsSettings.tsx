/** The workspace's tags: their order, names and colours, how many chats have them, merging two into one. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Tags } from "lucide-react";
import { SettingsSection } from "@/components/SettingsSection";
import { EmptyState, ErrorState, LoadingRows } from "@/components/StateBlock";
import { WhoMay } from "@/features/workspaces/WhoMay";
import { usePageTitle } from "@/lib/pageTitle";
import { useCan, useWorkspace } from "@/lib/session";
import { useColumns } from "../columns";
import { OptionList } from "./OptionList";

export function TagsSettings() {
  const { t } = useLingui();
  const columns = useColumns(useWorkspace().id);
  const mayChange = useCan("columns.manage");
  const tags = columns.data?.find((each) => each.reserved);
  usePageTitle(t`Tags`, t`Settings`);
  return (
    <SettingsSection
      title={<Trans>Tags</Trans>}
      lead={
        mayChange ? (
          <Trans>Every chat can have some. People make new ones while they tag a chat.</Trans>
        ) : (
          <WhoMay action="columns.manage" />
        )
      }
    >
      {columns.isPending && <LoadingRows rows={4} height={44} />}
      {columns.error && <ErrorState error={columns.error} onRetry={() => void columns.refetch()} />}
      {tags && <OptionList column={tags} mayChange={mayChange} empty={<NoTags />} />}
    </SettingsSection>
  );
}

function NoTags() {
  return (
    <EmptyState icon={Tags} title={<Trans>No tags yet</Trans>}>
      <Trans>Make one below, or while you tag a chat in the table.</Trans>
    </EmptyState>
  );
}
