/** What the inbox's panes say while there is nothing to show in them. */

import { Plural, Trans } from "@lingui/react/macro";
import { Button, Loader, Text } from "@mantine/core";
import { FilterX, Inbox, LockKeyhole, SearchX, Smartphone } from "lucide-react";
import { useCallback, useState } from "react";
import { LinkButton } from "@/components/LinkButton";
import { EmptyState } from "@/components/StateBlock";
import { useWorkspace } from "@/lib/session";
import { useLiveEvent } from "@/live/LiveProvider";
import type { LiveEvents } from "@/live/types";
import classes from "./InboxStates.module.css";
import { useInboxWish } from "./inboxWish";

export function NoAccounts() {
  const ws = useWorkspace().id;
  return (
    <EmptyState
      icon={Smartphone}
      title={<Trans>Connect Telegram</Trans>}
      action={
        <LinkButton to="/w/$ws/settings/accounts" params={{ ws }} search={{ connect: true }}>
          <Trans>Connect account</Trans>
        </LinkButton>
      }
    >
      <Trans>Your chats appear here. Only you can read the chats of accounts you connect.</Trans>
    </EmptyState>
  );
}

export function NoneFiltered() {
  const clear = useInboxWish();
  return (
    <EmptyState
      icon={FilterX}
      title={<Trans>No chat matches</Trans>}
      action={
        <Button variant="default" onClick={() => clear({ filter: undefined, account: undefined })}>
          <Trans>Clear filters</Trans>
        </Button>
      }
    />
  );
}

/** The first sync: how far it is, or that there is nothing yet. */
export function Syncing({ isLoading }: { isLoading: boolean }) {
  const progress = useAnySync();
  const count = progress?.chats ?? 0;
  if (!isLoading && (progress === undefined || progress.done)) {
    return (
      <EmptyState icon={Inbox} title={<Trans>No chats yet</Trans>}>
        <Trans>Chats of your accounts appear here as soon as Telegram tells us about them.</Trans>
      </EmptyState>
    );
  }
  return (
    <div className={classes.syncing} role="status">
      <Loader size="sm" />
      <Text c="dimmed">
        <Plural value={count} _0="Getting your chats…" one="# chat so far…" other="# chats so far…" />
      </Text>
    </div>
  );
}

function useAnySync(): LiveEvents["sync.progress"] | undefined {
  const [progress, setProgress] = useState<LiveEvents["sync.progress"]>();
  const onProgress = useCallback((event: LiveEvents["sync.progress"]) => setProgress(event), []);
  useLiveEvent("sync.progress", onProgress);
  return progress;
}

/** A chat of an account that this person has not connected: the card is shared, the messages are not. */
export function NotConnected({ accountName }: { accountName: string }) {
  return (
    <div className={classes.middle}>
      <EmptyState icon={LockKeyhole} title={<Trans>You cannot read this chat</Trans>}>
        <Trans>
          Only people who connected this account read its messages. What the workspace knows about the chat is
          shared.
        </Trans>
        <br />
        {accountName}
      </EmptyState>
    </div>
  );
}

export function NoSuchChat() {
  return (
    <div className={classes.middle}>
      <EmptyState icon={SearchX} title={<Trans>There is no such chat</Trans>}>
        <Trans>It may have been removed, or the link is wrong.</Trans>
      </EmptyState>
    </div>
  );
}
