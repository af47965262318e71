/** What happens in the workspace by itself: what waits, what is late or failing, what gave up and waits for a person. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Badge, Button, Group, Table } from "@mantine/core";
import { Check } from "lucide-react";

import { SettingsSection } from "@/components/SettingsSection";
import { EmptyState, ErrorState, LoadingRows } from "@/components/StateBlock";
import { NoAccess } from "@/features/workspaces/NoAccess";
import type { KindOfWork } from "@/lib/api/types";
import { useNowMs } from "@/lib/clock";
import { notifyDone, notifyProblem } from "@/lib/notify";
import { usePageTitle } from "@/lib/pageTitle";
import { problemText } from "@/lib/problemText";
import { useCan } from "@/lib/session";
import { Moment } from "@/lib/time";

import { useDueWork, useTryAgain } from "./dueWork";
import { spelled, workNames } from "./words";

export function UpkeepSettings() {
  const { t } = useLingui();
  const maySee = useCan("settings.change");
  usePageTitle(t`Background work`, t`Settings`);
  if (!maySee) return <NoAccess action="settings.change" />;
  return (
    <SettingsSection
      title={<Trans>Background work</Trans>}
      lead={
        <Trans>
          What happens here by itself. What fails is tried again for a day and more; then it waits for you.
        </Trans>
      }
    >
      <Kinds />
    </SettingsSection>
  );
}

function Kinds() {
  const work = useDueWork();
  const now = useNowMs();
  if (work.isPending) return <LoadingRows rows={3} height={48} />;
  if (work.isError) return <ErrorState error={work.error} onRetry={() => void work.refetch()} />;
  if (work.data.kinds.length === 0) {
    return (
      <EmptyState icon={Check} title={<Trans>Nothing to do</Trans>}>
        <Trans>Nothing waits, and nothing is stuck.</Trans>
      </EmptyState>
    );
  }
  return (
    <Table verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>
            <Trans>Work</Trans>
          </Table.Th>
          <Table.Th>
            <Trans>State</Trans>
          </Table.Th>
          <Table.Th visibleFrom="sm">
            <Trans>Next</Trans>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {work.data.kinds.map((kind) => (
          <Kind key={kind.work} kind={kind} nowMs={now} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Kind({ kind, nowMs }: { kind: KindOfWork; nowMs: number }) {
  const { i18n } = useLingui();
  const name = workNames[kind.work];
  return (
    <Table.Tr>
      <Table.Td>{name ? i18n._(name) : spelled(kind.work)}</Table.Td>
      <Table.Td>
        <Group gap="xs">
          <States kind={kind} />
          {kind.stuck > 0 && <TryAgain work={kind.work} />}
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="sm">{kind.next_at && <Moment at={kind.next_at} nowMs={nowMs} />}</Table.Td>
    </Table.Tr>
  );
}

function States({ kind: { stuck, late, failing, waiting } }: { kind: KindOfWork }) {
  return (
    <>
      {stuck > 0 && (
        <Badge variant="light" color="red">
          <Plural value={stuck} other="# stuck" />
        </Badge>
      )}
      {failing > 0 && (
        <Badge variant="light" color="yellow">
          <Plural value={failing} other="# failing" />
        </Badge>
      )}
      {late > 0 && (
        <Badge variant="light" color="yellow">
          <Plural value={late} other="# late" />
        </Badge>
      )}
      {waiting > 0 && (
        <Badge variant="light" color="gray">
          <Plural value={waiting} other="# waiting" />
        </Badge>
      )}
    </>
  );
}

function TryAgain({ work }: { work: string }) {
  const { t } = useLingui();
  const again = useTryAgain();
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={again.isPending}
      onClick={() =>
        again.mutate(work, {
          onSuccess: () => notifyDone(t`It is tried again now.`),
          onError: (error) => notifyProblem(problemText(error)),
        })
      }
    >
      <Trans>Try again</Trans>
    </Button>
  );
}
