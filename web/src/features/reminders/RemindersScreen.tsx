/** The person's reminders: what is overdue first, then by when it is due; done last. */

import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Kbd } from "@mantine/core";
import { AlarmClock } from "lucide-react";
import { lazy, Suspense } from "react";

import { PageHeader } from "@/components/PageHeader";
import { EmptyState, ErrorState, LoadingRows } from "@/components/StateBlock";
import type { Reminder } from "@/lib/api/types";
import { useMinuteMs } from "@/lib/clock";
import { useShortcuts } from "@/lib/hotkeys";
import { usePageTitle } from "@/lib/pageTitle";
import { useCan, useWorkspace } from "@/lib/session";

import { type Group, grouped } from "./groups";
import { QUICK_ADD, QuickAdd } from "./QuickAdd";
import { ReminderRow } from "./ReminderRow";
import classes from "./RemindersScreen.module.css";
import { useReminders } from "./reminders";
import { groupNames } from "./words";

const UnpaidLine = lazy(() => import("@/features/seats/Unpaid"));

export function RemindersScreen() {
  const { t } = useLingui();
  const workspace = useWorkspace();
  const mayEdit = useCan("values.edit");
  usePageTitle(t`Reminders`, workspace.name);
  useShortcuts(msg`Reminders`, [
    { keys: "n", label: msg`New reminder`, run: () => document.getElementById(QUICK_ADD)?.focus() },
  ]);
  return (
    <div className={classes.screen}>
      <PageHeader title={<Trans>Reminders</Trans>} />
      {mayEdit ? (
        <QuickAdd />
      ) : (
        <div className={classes.add}>
          <Suspense>
            <UnpaidLine action="values.edit" />
          </Suspense>
        </div>
      )}
      <List mayEdit={mayEdit} />
    </div>
  );
}

function List({ mayEdit }: { mayEdit: boolean }) {
  const query = useReminders();
  const now = useMinuteMs();
  if (query.isPending) return <LoadingRows />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const groups = grouped(query.data.reminders, new Date(now));
  if (groups.length === 0)
    return (
      <EmptyState icon={AlarmClock} title={<Trans>Nothing to be reminded of</Trans>}>
        <Trans>
          Write it above, or press <Kbd>H</Kbd> in a chat to be reminded of that chat.
        </Trans>
      </EmptyState>
    );
  return (
    <div className={classes.scroller}>
      {groups.map(([group, inside]) => (
        <Section key={group} group={group} reminders={inside} mayEdit={mayEdit} />
      ))}
    </div>
  );
}

interface SectionProps {
  group: Group;
  reminders: readonly Reminder[];
  mayEdit: boolean;
}

function Section({ group, reminders, mayEdit }: SectionProps) {
  const { i18n } = useLingui();
  const name = i18n._(groupNames[group]);
  return (
    <section aria-label={name} className={classes.group} data-group={group}>
      <h2>
        {name} <span className={classes.count}>{reminders.length}</span>
      </h2>
      <ul className={classes.list}>
        {reminders.map((each) => (
          <ReminderRow key={each.id} reminder={each} mayEdit={mayEdit} />
        ))}
      </ul>
    </section>
  );
}
