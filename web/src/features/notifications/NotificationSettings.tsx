/** How the person is told of what: a matrix of kinds and ways, and the hours in which nothing goes out. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Checkbox, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { SettingsSection } from "@/components/SettingsSection";
import { ErrorState, LoadingRows } from "@/components/StateBlock";
import type { NoticeKind, NoticePreferences, NoticeWay } from "@/lib/api/types";
import { usePageTitle } from "@/lib/pageTitle";

import { BotSection } from "./BotSection";
import { botQuery } from "./bot";
import { PushSection } from "./PushSection";
import { preferencesQuery, useSavePreferences } from "./preferences";
import { pushQuery } from "./push";
import { QuietHoursSection } from "./QuietHoursSection";
import { kindNames, wayNames } from "./words";

const WAYS = Object.keys(wayNames) as NoticeWay[];
const KINDS = Object.keys(kindNames) as NoticeKind[];

export function NotificationSettings() {
  const { t } = useLingui();
  const query = useQuery(preferencesQuery);
  const bot = useQuery(botQuery);
  const push = useQuery(pushQuery);
  usePageTitle(t`Notifications`, t`Settings`);
  const failed = [query, bot, push].find((each) => each.isError);
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!query.data || !bot.data || !push.data) return <LoadingRows />;
  const hasBot = bot.data.state !== "not_configured";
  const hasPush = push.data.public_key !== null;
  const isThere: Readonly<Partial<Record<NoticeWay, boolean>>> = { telegram: hasBot, push: hasPush };
  return (
    <>
      <SettingsSection
        title={<Trans>Notifications</Trans>}
        lead={
          <Trans>In all of your workspaces. They say who and where, and never what somebody wrote.</Trans>
        }
      >
        <Matrix preferences={query.data} ways={WAYS.filter((way) => isThere[way] ?? true)} />
      </SettingsSection>
      {hasBot && <BotSection bot={bot.data} />}
      {hasPush && <PushSection standing={push.data} />}
      <QuietHoursSection preferences={query.data} />
    </>
  );
}

interface MatrixProps {
  preferences: NoticePreferences;
  /** Those this installation has. */
  ways: readonly NoticeWay[];
}

function Matrix({ preferences, ways }: MatrixProps) {
  const { t, i18n } = useLingui();
  const save = useSavePreferences();
  return (
    <Table.ScrollContainer minWidth={420} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table aria-label={t`Ways to be told`} verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <Trans>When</Trans>
            </Table.Th>
            {ways.map((way) => (
              <Table.Th key={way} ta="center">
                {i18n._(wayNames[way])}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {KINDS.map((kind) => (
            <Table.Tr key={kind}>
              <Table.Th fw={400}>{i18n._(kindNames[kind])}</Table.Th>
              {ways.map((way) => (
                <Table.Td key={way}>
                  <Checkbox
                    aria-label={`${i18n._(kindNames[kind])}: ${i18n._(wayNames[way])}`}
                    checked={preferences.kinds[kind]?.includes(way) ?? false}
                    onChange={(event) => save(toggled(preferences, kind, way, event.currentTarget.checked))}
                    styles={{ body: { justifyContent: "center" } }}
                  />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function toggled(was: NoticePreferences, kind: NoticeKind, way: NoticeWay, isOn: boolean): NoticePreferences {
  const others = (was.kinds[kind] ?? []).filter((each) => each !== way);
  return { ...was, kinds: { ...was.kinds, [kind]: isOn ? [...others, way] : others } };
}
