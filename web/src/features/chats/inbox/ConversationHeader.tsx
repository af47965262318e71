/** Who the conversation is with, and through which account. */

import { msg } from "@lingui/core/macro";
import { Plural, useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { AlarmClock, ArrowLeft, MailOpen, PanelRight, Search } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { accountTitle } from "@/features/accounts/accounts";
import type { Account, Chat } from "@/lib/api/types";
import { useShortcuts } from "@/lib/hotkeys";
import { AccountDot, ChatFace } from "../ChatFace";
import { useTypists } from "../ChatsProvider";
import { TypingLine } from "../messages/TypingLine";
import { useMarkUnread } from "../messages/useMarkUnread";
import classes from "./ConversationHeader.module.css";

interface ConversationHeaderProps {
  chat: Chat;
  account: Account | undefined;
  onBack: () => void;
  onToggleDetails: () => void;
  onSearch: () => void;
}

export function ConversationHeader(props: ConversationHeaderProps) {
  const { chat, account, onBack, onToggleDetails, onSearch } = props;
  const { t } = useLingui();
  const markUnread = useMarkUnread();
  return (
    <header className={classes.header}>
      <ActionIcon className={classes.back} size={36} aria-label={t`Back to the list`} onClick={onBack}>
        <ArrowLeft size={18} />
      </ActionIcon>
      <ChatFace chat={chat} size={32} />
      <div className={classes.words}>
        <h2 className={classes.title} dir="auto">
          {chat.title}
        </h2>
        <div className={classes.facts}>
          <FactsOrTyping chat={chat} />
          {account && (
            <span className={classes.account}>
              <AccountDot accountId={account.id} />
              <span>{accountTitle(account)}</span>
            </span>
          )}
        </div>
      </div>
      {chat.private && (
        <ActionIcon
          size={36}
          aria-label={t`Mark as unread`}
          title={t`Mark as unread`}
          onClick={() => {
            markUnread(chat.id, true);
            onBack();
          }}
        >
          <MailOpen size={18} />
        </ActionIcon>
      )}
      {chat.private && (
        <ActionIcon
          size={36}
          aria-label={t`Search in this chat`}
          title={t`Search in this chat (Ctrl+F)`}
          onClick={onSearch}
        >
          <Search size={18} />
        </ActionIcon>
      )}
      <RemindButton chat={chat} />
      <ActionIcon size={36} aria-label={t`Details`} title={t`Details (])`} onClick={onToggleDetails}>
        <PanelRight size={18} />
      </ActionIcon>
    </header>
  );
}

const ReminderDialog = lazy(() => import("@/features/reminders/ReminderDialog"));

function RemindButton({ chat }: { chat: Chat }) {
  const { t } = useLingui();
  const [isAsking, setAsking] = useState(false);
  const ask = () => setAsking(true);
  useShortcuts(msg`Inbox`, [{ keys: "h", label: msg`Set a reminder about this chat`, run: ask }]);
  return (
    <>
      <ActionIcon size={36} aria-label={t`Set a reminder`} title={t`Set a reminder (H)`} onClick={ask}>
        <AlarmClock size={18} />
      </ActionIcon>
      <Suspense>
        {isAsking && (
          <ReminderDialog
            chatId={chat.id}
            title={chat.title}
            isConnected={chat.private !== null}
            onClose={() => setAsking(false)}
          />
        )}
      </Suspense>
    </>
  );
}

/** Who is writing takes the place of what is always so. */
function FactsOrTyping({ chat }: { chat: Chat }) {
  const isTyping = useTypists(chat.id).length > 0;
  if (!isTyping) return <Facts chat={chat} />;
  return (
    <span className={classes.typing} role="status">
      <TypingLine chat={chat} />
    </span>
  );
}

function Facts({ chat }: { chat: Chat }) {
  const { username, member_count: members } = chat.private ?? { username: null, member_count: null };
  if (username) return <span>@{username}</span>;
  if (members === null) return null;
  return (
    <span>
      <Plural value={members} one="# member" other="# members" />
    </span>
  );
}
