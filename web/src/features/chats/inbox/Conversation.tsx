/** One open chat: its messages and the composer, or why they are not there. */

import { Trans } from "@lingui/react/macro";
import { MessageCircle } from "lucide-react";
import { lazy, type ReactNode, Suspense, useMemo, useState } from "react";
import { EmptyState, ErrorState, LoadingRows } from "@/components/StateBlock";
import { accountTitle, ownConnection, useAccounts } from "@/features/accounts/accounts";
import { lackTold } from "@/features/seats/lack";
import type { Account, Chat, ConnectionState } from "@/lib/api/types";
import { useCan } from "@/lib/session";
import type { Message } from "@/live/types";
import { useChatLog, useOutbox } from "../ChatsProvider";
import type { LoadedChats } from "../cache";
import { Attachments } from "../media/Attachments";
import { Stage } from "../media/Stage";
import { Composer, type ComposerProps, type Purpose } from "../messages/Composer";
import { useChatMarks, useLatestHistory, useScheduledList, useShownChat } from "../messages/history";
import { MessageLog } from "../messages/MessageLog";
import { useEditMessage } from "../messages/messageChanges";
import { PinnedBar } from "../messages/PinnedBar";
import { ScheduledLine } from "../messages/ScheduledLine";
import { StandingNotice } from "../messages/StandingNotice";
import { useCommentMode } from "../messages/useCommentMode";
import { useUnmarked } from "../messages/useMarkUnread";
import { usePurpose } from "../messages/usePurpose";
import { type Look, Searched } from "../search/Searched";
import classes from "./Conversation.module.css";
import { ConversationHeader } from "./ConversationHeader";
import { NoSuchChat, NotConnected } from "./lazyStates";

interface ConversationProps {
  chatId: string;
  chat: Chat | undefined;
  loaded: LoadedChats;
  onBack: () => void;
  onToggleDetails: () => void;
  /** A message to show among its neighbours. */
  look: Look | undefined;
  onLook: (look: Look | undefined) => void;
  isSearching: boolean;
  onSearching: (is: boolean) => void;
}

/** Mount it anew for each chat (key). */
export function Conversation(props: ConversationProps) {
  const { chat, loaded, onBack, onToggleDetails, look, onLook, isSearching, onSearching } = props;
  const accounts = useAccounts().data?.accounts ?? [];
  if (!chat && loaded.error) return <ErrorState error={loaded.error} onRetry={loaded.retry} />;
  if (!chat && loaded.isLoadingMore) return <LoadingRows rows={6} />;
  if (!chat && loaded.isPending) return <LoadingRows rows={6} />;
  if (!chat) return <NoSuchChat />;
  const account = accounts.find((each) => each.id === chat.account_id);
  return (
    <div className={classes.conversation}>
      <ConversationHeader
        chat={chat}
        account={account}
        onBack={onBack}
        onToggleDetails={onToggleDetails}
        onSearch={() => onSearching(true)}
      />
      {chat.private ? (
        <Searched
          chatId={chat.id}
          look={look}
          onLook={onLook}
          isSearching={isSearching}
          onSearching={onSearching}
        >
          <Readable
            chat={chat}
            account={account}
            onFarBack={(messageId) => onLook({ chatId: chat.id, messageId, words: "" })}
          />
        </Searched>
      ) : (
        <NotConnected accountName={account ? accountTitle(account) : ""} />
      )}
    </div>
  );
}

const ForwardDialog = lazy(async () => ({
  default: (await import("../messages/ForwardDialog")).ForwardDialog,
}));
const ScheduledDialog = lazy(async () => ({
  default: (await import("../messages/ScheduledDialog")).ScheduledDialog,
}));
const CommentMode = lazy(() => import("@/features/comments/CommentMode"));
const UnpaidLine = lazy(() => import("@/features/seats/Unpaid"));
const UnpaidBlock = lazy(async () => ({ default: (await import("@/features/seats/Unpaid")).UnpaidBlock }));
const DeleteMessageDialog = lazy(async () => ({
  default: (await import("../messages/DeleteMessageDialog")).DeleteMessageDialog,
}));

interface ReadableProps {
  chat: Chat;
  account: Account | undefined;
  onFarBack: (messageId: number) => void;
}

function Readable({ chat, account, onFarBack }: ReadableProps) {
  const log = useChatLog(chat.id);
  useShownChat(chat);
  const history = useLatestHistory(chat.id, true);
  const { purpose, reply, edit, editAgain, editLast, stepReply, cancel } = usePurpose(chat.id, log);
  const [doomed, setDoomed] = useState<Message>();
  const [forwarded, setForwarded] = useState<Message>();
  const [showsScheduled, setShowsScheduled] = useState(false);
  const commenting = useCommentMode(chat.id);
  useChatMarks(chat.id, log.isLoaded);
  useScheduledList(chat.id, log.isLoaded);
  useUnmarked(chat.id);
  const write = useWrite(chat.id, purpose, cancel, editAgain);
  const actions = useMemo(
    () => ({
      onReply: reply,
      onEdit: edit,
      onDelete: setDoomed,
      onForward: setForwarded,
      onComment: commenting.on,
    }),
    [reply, edit, commenting.on],
  );
  const isPaid = useCan("accounts.use");
  const blocked = account && blockedBecause(ownConnection(account)?.state, isPaid);
  return (
    <Attachments
      chatId={chat.id}
      replyToId={purpose.kind === "reply" ? purpose.to.id : null}
      onSent={cancel}
      isBlocked={Boolean(blocked)}
    >
      <Stage chatId={chat.id}>
        {log.isLoaded && <PinnedBar chatId={chat.id} />}
        {log.isLoaded ? (
          <Loaded>
            <MessageLog chat={chat} log={log} onFarBack={onFarBack} {...actions} />
            {log.messages.length + log.outgoing.length === 0 && <NoMessages />}
          </Loaded>
        ) : (
          <Waiting error={history.error} onRetry={() => void history.refetch()} />
        )}
      </Stage>
      <ScheduledLine chatId={chat.id} onOpen={() => setShowsScheduled(true)} />
      {account && <StandingNotice account={account} chatId={chat.id} />}
      {commenting.mode ? (
        <Suspense>
          <CommentMode
            chatId={chat.id}
            quotedId={commenting.mode.quotedId}
            onSaid={commenting.said}
            onLeave={commenting.leave}
          />
        </Suspense>
      ) : (
        <Composer
          key={purposeKey(purpose)}
          chat={chat}
          purpose={purpose}
          onSend={write}
          onCancelPurpose={cancel}
          onEditLast={editLast}
          onStepReply={stepReply}
          onComment={commenting.start}
          blocked={blocked}
        />
      )}
      <Suspense>
        {doomed && (
          <DeleteMessageDialog chatId={chat.id} message={doomed} onClose={() => setDoomed(undefined)} />
        )}
        {forwarded && (
          <ForwardDialog chat={chat} message={forwarded} onClose={() => setForwarded(undefined)} />
        )}
        {showsScheduled && <ScheduledDialog chatId={chat.id} onClose={() => setShowsScheduled(false)} />}
      </Suspense>
    </Attachments>
  );
}

function Loaded({ children }: { children: ReactNode }) {
  return <div className={classes.log}>{children}</div>;
}

function Waiting({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  return (
    <div className={classes.waiting}>
      {error ? <Failed error={error} onRetry={onRetry} /> : <LoadingRows rows={6} />}
    </div>
  );
}

function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const lack = lackTold(error);
  if (!lack) return <ErrorState error={error} onRetry={onRetry} />;
  return (
    <Suspense>
      <UnpaidBlock lack={lack} />
    </Suspense>
  );
}

function NoMessages() {
  return (
    <div className={classes.none}>
      <EmptyState icon={MessageCircle} title={<Trans>No messages here yet</Trans>} />
    </div>
  );
}

/** What Enter does: sends, answers, or changes a message. A change that is refused is opened again, as it was written. */
function useWrite(
  chatId: string,
  purpose: Purpose,
  done: () => void,
  editAgain: (message: Message) => void,
): ComposerProps["onSend"] {
  const outbox = useOutbox();
  const edit = useEditMessage(chatId);
  return (written, options) => {
    if (purpose.kind === "edit") {
      const { message } = purpose;
      edit.mutate({ message, written }, { onError: () => editAgain(message) });
    } else outbox.send(chatId, written, purpose.kind === "reply" ? purpose.to.id : null, options);
    done();
  };
}

function purposeKey(purpose: Purpose): string {
  if (purpose.kind === "new") return "new";
  return purpose.kind === "reply" ? `reply-${purpose.to.id}` : `edit-${purpose.message.id}`;
}

function NotPaid() {
  return (
    <Suspense>
      <UnpaidLine action="accounts.use" />
    </Suspense>
  );
}

/** While an account is only reconnecting texts wait; in the other states nothing would ever send them. */
function blockedBecause(state: ConnectionState | undefined, isPaid: boolean): ReactNode {
  if (!isPaid) return <NotPaid />;
  switch (state) {
    case "connected":
    case "connecting":
    case "reconnecting":
      return null;
    case "needs_login":
      return <Trans>Telegram ended this account's session. Reconnect it to write.</Trans>;
    case "suspended":
      return <Trans>This account is suspended until a seat pays for it.</Trans>;
    case "closed":
      return <Trans>Telegram closed this account.</Trans>;
    case "disconnected":
    case undefined:
      return <Trans>This account is disconnected. Connect it to write.</Trans>;
  }
}
