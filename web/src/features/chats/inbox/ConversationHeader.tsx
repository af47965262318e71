/** Who the conversation is with, and through which account. */

import { Plural, useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { ArrowLeft, PanelRight } from "lucide-react";
import { accountTitle } from "@/features/accounts/accounts";
import type { Account, Chat } from "@/lib/api/types";
import { AccountDot, ChatFace } from "../ChatFace";
import classes from "./ConversationHeader.module.css";

interface ConversationHeaderProps {
  chat: Chat;
  account: Account | undefined;
  onBack: () => void;
  onToggleDetails: () => void;
}

export function ConversationHeader({ chat, account, onBack, onToggleDetails }: ConversationHeaderProps) {
  const { t } = useLingui();
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
          <Facts chat={chat} />
          {account && (
            <span className={classes.account}>
              <AccountDot accountId={account.id} />
              {accountTitle(account)}
            </span>
          )}
        </div>
      </div>
      <ActionIcon size={36} aria-label={t`Details`} title={t`Details (])`} onClick={onToggleDetails}>
        <PanelRight size={18} />
      </ActionIcon>
    </header>
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
