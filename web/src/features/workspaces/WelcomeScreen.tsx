/** The first-run checklist: three steps to a working workspace, each of which can wait. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Progress, Text, Title } from "@mantine/core";
import { CircleCheck, type LucideIcon, Smartphone, Table2, UserPlus } from "lucide-react";
import type { ReactNode } from "react";

import { LinkButton } from "@/components/LinkButton";
import { PageHeader } from "@/components/PageHeader";
import { ErrorState, LoadingRows } from "@/components/StateBlock";
import { usePageTitle } from "@/lib/pageTitle";
import { useCan, useMe, useWorkspace } from "@/lib/session";
import { useFirstSteps } from "./useFirstSteps";
import classes from "./WelcomeScreen.module.css";
import { rememberWelcomed } from "./welcomed";

export function WelcomeScreen() {
  const { t } = useLingui();
  const workspace = useWorkspace();
  const name = useMe().user.full_name.split(" ")[0];
  usePageTitle(t`Welcome`, workspace.name);
  return (
    <>
      <PageHeader title={<Trans>Welcome, {name}</Trans>}>
        <LinkButton
          to="/w/$ws/inbox"
          params={{ ws: workspace.id }}
          variant="subtle"
          onClick={() => rememberWelcomed(workspace.id)}
        >
          <Trans>Skip for now</Trans>
        </LinkButton>
      </PageHeader>
      <div className={classes.page}>
        <Checklist />
      </div>
    </>
  );
}

function Checklist() {
  const { t } = useLingui();
  const workspace = useWorkspace();
  const steps = useFirstSteps();
  const mayInvite = useCan("members.invite");
  if (steps.isPending) return <LoadingRows rows={3} height={96} />;
  if (steps.error) return <ErrorState error={steps.error} onRetry={steps.retry} />;
  const { hasAccount, hasColumn, hasTeammate } = steps;
  const ticks = mayInvite ? [hasAccount, hasColumn, hasTeammate] : [hasAccount, hasColumn];
  const done = ticks.filter(Boolean).length;
  const total = ticks.length;
  const params = { ws: workspace.id };
  return (
    <>
      <div>
        <Text c="dimmed" mb="sm">
          <Trans>
            {done} of {total} done
          </Trans>
        </Text>
        <Progress
          value={(done / total) * 100}
          aria-label={t`First steps`}
          color={done === total ? "green" : "brand"}
        />
      </div>
      <ol className={classes.steps}>
        <Step
          icon={Smartphone}
          isDone={hasAccount}
          title={<Trans>Connect a Telegram account</Trans>}
          text={<Trans>Scan a QR code with your phone. Only you can read its chats.</Trans>}
          action={
            <LinkButton to="/w/$ws/settings/accounts" params={params} search={{ connect: true }}>
              <Trans>Connect account</Trans>
            </LinkButton>
          }
        />
        <Step
          icon={Table2}
          isDone={hasColumn}
          title={<Trans>Add your first column</Trans>}
          text={
            <Trans>A stage, a budget, a next step: columns turn chats into a table your team shares.</Trans>
          }
          action={
            <LinkButton to="/w/$ws/chats" params={params} variant="default">
              <Trans>Open the table</Trans>
            </LinkButton>
          }
        />
        {mayInvite && (
          <Step
            icon={UserPlus}
            isDone={hasTeammate}
            title={<Trans>Invite a teammate</Trans>}
            text={<Trans>They see columns and values, never your messages.</Trans>}
            action={
              <LinkButton to="/w/$ws/settings/members" params={params} variant="default">
                <Trans>Invite</Trans>
              </LinkButton>
            }
          />
        )}
      </ol>
      {done === total && (
        <LinkButton to="/w/$ws/inbox" params={params} onClick={() => rememberWelcomed(workspace.id)}>
          <Trans>Open inbox</Trans>
        </LinkButton>
      )}
    </>
  );
}

interface StepProps {
  icon: LucideIcon;
  isDone: boolean;
  title: ReactNode;
  text: ReactNode;
  action: ReactNode;
}

function Step({ icon: Icon, isDone, title, text, action }: StepProps) {
  return (
    <li className={classes.step} data-done={isDone}>
      <span className={classes.icon}>
        {isDone ? <CircleCheck size={20} /> : <Icon size={20} aria-hidden />}
      </span>
      <div className={classes.words}>
        <Title order={2}>{title}</Title>
        {!isDone && <Text c="dimmed">{text}</Text>}
      </div>
      {isDone ? (
        <Text size="sm" c="var(--c-success-text)" fw={500}>
          <Trans>Done</Trans>
        </Text>
      ) : (
        action
      )}
    </li>
  );
}
