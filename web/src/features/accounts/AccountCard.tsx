/** One Telegram account: who it is, who is connected, and what I can do with it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Menu, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  EllipsisVertical,
  EyeOff,
  MonitorSmartphone,
  PencilLine,
  RotateCw,
  Route,
  Unplug,
} from "lucide-react";
import { Fragment } from "react";

import { Initials } from "@/components/Initials";
import { PlansLink } from "@/features/seats/WhoPays";
import type { Account, Connection } from "@/lib/api/types";
import { useNowMs } from "@/lib/clock";
import { Moment } from "@/lib/time";

import classes from "./AccountsSettings.module.css";
import { accountTitle, ownConnection } from "./accounts";
import { canDisconnect, canReconnect } from "./connectionStates";
import { DisconnectDialog } from "./DisconnectDialog";
import { ExcludedDialog } from "./excluded/ExcludedDialog";
import { LabelDialog } from "./LabelDialog";
import { maskPhone } from "./maskPhone";
import { NewSessions } from "./NewSessions";
import { ProxyDialog } from "./ProxyDialog";
import { SessionsDialog } from "./SessionsDialog";
import { StandingNote } from "./StandingNote";
import { StateBadge } from "./StateBadge";
import { useStateMeaning } from "./stateMeanings";
import { useSyncProgress } from "./syncProgress";

export function AccountCard({ account, onReconnect }: { account: Account; onReconnect: () => void }) {
  const own = ownConnection(account);
  const title = accountTitle(account);
  const [areSessionsShown, sessions] = useDisclosure(false);
  return (
    <li className={classes.card}>
      <Initials name={title} size={40} />
      <div className={classes.facts}>
        <div className={classes.titleRow}>
          <h3 className={classes.title}>{title}</h3>
          {own && <StateBadge state={own.state} />}
        </div>
        <Handles account={account} />
        {own ? <OwnState own={own} accountId={account.id} /> : <TeammatesOnly account={account} />}
        <StandingNote account={account} />
        <NewSessions account={account} onOpen={sessions.open} />
        <AlsoConnected account={account} />
      </div>
      <div className={classes.actions}>
        {own && canReconnect(own.state) && (
          <Button size="compact-sm" leftSection={<RotateCw size={14} />} onClick={onReconnect}>
            <Trans>Reconnect</Trans>
          </Button>
        )}
        {own === undefined && (
          <Button size="compact-sm" variant="default" onClick={onReconnect}>
            <Trans>Connect too</Trans>
          </Button>
        )}
        {own && <CardMenu account={account} own={own} onSessions={sessions.open} />}
      </div>
      {areSessionsShown && <SessionsDialog account={account} onClose={sessions.close} />}
    </li>
  );
}

function Handles({ account }: { account: Account }) {
  const parts = [
    ...(account.label ? [account.name] : []),
    ...(account.username ? [`@${account.username}`] : []),
    ...(account.phone ? [maskPhone(account.phone)] : []),
  ];
  if (parts.length === 0) return null;
  return (
    <Text size="sm" c="dimmed" className="tabular">
      {parts.map((part, at) => (
        <Fragment key={part}>
          {at > 0 && " · "}
          <span className={classes.handle}>{part}</span>
        </Fragment>
      ))}
    </Text>
  );
}

function OwnState({ own, accountId }: { own: Connection; accountId: string }) {
  const meaningOf = useStateMeaning();
  const nowMs = useNowMs();
  const progress = useSyncProgress(accountId);
  const meaning = meaningOf(own.state, own.reason);
  return (
    <>
      {meaning && <Text size="sm">{meaning}</Text>}
      {own.state === "suspended" && (
        <Text size="sm" component="div">
          <PlansLink />
        </Text>
      )}
      {progress && !progress.done && (
        <Text size="sm" role="status">
          <Trans>Bringing in chats: {progress.chats} so far</Trans>
        </Text>
      )}
      {own.proxied && (
        <Text size="xs" c="dimmed">
          <Trans>Connects through a proxy</Trans>
        </Text>
      )}
      <Text size="xs" c="dimmed">
        <Trans>
          Since <Moment at={own.since} nowMs={nowMs} />
        </Trans>
      </Text>
    </>
  );
}

function TeammatesOnly({ account }: { account: Account }) {
  const names = account.connections.map((each) => each.full_name).join(", ");
  return (
    <Text size="sm" c="dimmed">
      <Trans>Connected by {names}. You see its columns and values, not its messages.</Trans>
    </Text>
  );
}

function AlsoConnected({ account }: { account: Account }) {
  const others = account.connections.filter((each) => !each.mine);
  if (others.length === 0 || !account.mine) return null;
  const names = others.map((each) => each.full_name).join(", ");
  return (
    <Text size="xs" c="dimmed">
      <Trans>Also connected: {names}</Trans>
    </Text>
  );
}

function CardMenu(props: { account: Account; own: Connection; onSessions: () => void }) {
  const { account, own, onSessions } = props;
  const { t } = useLingui();
  const [isLabelling, labelling] = useDisclosure(false);
  const [isDisconnecting, disconnecting] = useDisclosure(false);
  const [isProxyShown, proxy] = useDisclosure(false);
  const [isExcludedShown, excluded] = useDisclosure(false);
  const title = accountTitle(account);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t`Actions for ${title}`}>
            <EllipsisVertical size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<PencilLine size={16} />} onClick={labelling.open}>
            <Trans>Change label</Trans>
          </Menu.Item>
          {own.state === "connected" && (
            <Menu.Item leftSection={<MonitorSmartphone size={16} />} onClick={onSessions}>
              <Trans>Sessions at Telegram</Trans>
            </Menu.Item>
          )}
          {canDisconnect(own.state) && (
            <Menu.Item leftSection={<EyeOff size={16} />} onClick={excluded.open}>
              <Trans>Chats that stay out…</Trans>
            </Menu.Item>
          )}
          {canDisconnect(own.state) && (
            <Menu.Item leftSection={<Route size={16} />} onClick={proxy.open}>
              <Trans>Proxy…</Trans>
            </Menu.Item>
          )}
          {canDisconnect(own.state) && (
            <Menu.Item
              leftSection={<Unplug size={16} />}
              c="var(--c-danger-text)"
              onClick={disconnecting.open}
            >
              <Trans>Disconnect</Trans>
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <LabelDialog account={account} opened={isLabelling} onClose={labelling.close} />
      {isExcludedShown && <ExcludedDialog account={account} onClose={excluded.close} />}
      {isProxyShown && <ProxyDialog account={account} onClose={proxy.close} />}
      {isDisconnecting && <DisconnectDialog account={account} onClose={disconnecting.close} />}
    </>
  );
}
