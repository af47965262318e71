/** What is known about a chat: facts for those who are connected, the workspace's own values for everybody. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, CopyButton, Group, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Copy, MessageCircle, Plus, Table2, X } from "lucide-react";
import { lazy, type ReactNode, Suspense, useContext, useState } from "react";
import { HistoryLink } from "@/components/HistoryLink";
import { Panel, PanelFacts, PanelSection } from "@/components/Panel";
import { ErrorState, LoadingRows } from "@/components/StateBlock";
import { WhoSees } from "@/components/WhoSees";
import { accountTitle, useAccounts } from "@/features/accounts/accounts";
import { useColumns } from "@/features/fields/columns";
import { useCreateOption } from "@/features/fields/useCreateOption";
import { ValueField } from "@/features/fields/ValueField";
import { WhoMay } from "@/features/workspaces/WhoMay";
import type { Chat } from "@/lib/api/types";
import { useCan, useWorkspace } from "@/lib/session";
import { AccountDot, ChatFace } from "../ChatFace";
import { useValueEdits } from "../ChatsProvider";
import { useKindNames } from "../kinds";
import { setWithUndo } from "../offerUndo";
import { exactTime, listTime } from "../times";
import { AnsweredLine } from "./AnsweredLine";
import { CardSection } from "./CardSection";
import classes from "./DetailsPanel.module.css";
import { MoreSections } from "./moreSections";
import { WhoReads } from "./WhoReads";

const ChatReminders = lazy(() => import("@/features/reminders/ChatReminders"));
const About = lazy(() => import("../info/About"));
const CommentsPanel = lazy(() => import("@/features/comments/CommentsPanel"));
const LeaveOutButton = lazy(async () => ({
  default: (await import("./LeaveOutButton")).LeaveOutButton,
}));
const UnpaidLine = lazy(() => import("@/features/seats/Unpaid"));
const ColumnDialog = lazy(async () => ({
  default: (await import("@/features/fields/ColumnDialog")).ColumnDialog,
}));

interface DetailsPanelProps {
  chat: Chat;
  /** Where the panel stands; it links to the other place. */
  place: "inbox" | "table";
  onClose: () => void;
}

export function DetailsPanel({ chat, place, onClose }: DetailsPanelProps) {
  const { t } = useLingui();
  return (
    <Panel label={t`Details`}>
      <header className={classes.head}>
        <ChatFace chat={chat} size={40} />
        <div className={classes.name}>
          <h2 dir="auto">{chat.title}</h2>
          <OtherPlace chat={chat} place={place} />
        </div>
        <ActionIcon size={32} aria-label={t`Close details`} onClick={onClose}>
          <X size={16} />
        </ActionIcon>
      </header>
      <Contact chat={chat} />
      <AnsweredLine chat={chat} />
      <CardSection chat={chat} />
      <Suspense>{chat.private && <About key={chat.id} chatId={chat.id} />}</Suspense>
      <Suspense>
        <ChatReminders key={chat.id} chatId={chat.id} />
      </Suspense>
      <Values chat={chat} />
      <Others chatId={chat.id} />
      <Suspense>
        <CommentsPanel key={chat.id} subject={{ kind: "chat", id: chat.id }} />
        <PanelSection>
          <HistoryLink objectId={chat.id} />
          {chat.private && <LeaveOutButton chat={chat} onDone={onClose} />}
        </PanelSection>
      </Suspense>
    </Panel>
  );
}

function Others({ chatId }: { chatId: string }) {
  return useContext(MoreSections).map((Section, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes.
    <Suspense key={index}>
      <Section chatId={chatId} />
    </Suspense>
  ));
}

function OtherPlace({ chat, place }: Pick<DetailsPanelProps, "chat" | "place">) {
  const ws = useWorkspace().id;
  return place === "table" ? (
    <Link to="/w/$ws/inbox/$chatId" params={{ ws, chatId: chat.id }} className={classes.link}>
      <MessageCircle size={14} aria-hidden />
      <Trans>Open in the inbox</Trans>
    </Link>
  ) : (
    <Link to="/w/$ws/chats" params={{ ws }} search={{ peek: chat.id }} className={classes.link}>
      <Table2 size={14} aria-hidden />
      <Trans>Show in the table</Trans>
    </Link>
  );
}

function Contact({ chat }: { chat: Chat }) {
  const account = useAccounts().data?.accounts.find((each) => each.id === chat.account_id);
  const kind = useKindNames()[chat.kind];
  const facts = chat.private;
  return (
    <PanelSection title={<Trans>Contact</Trans>}>
      <PanelFacts>
        {chat.title !== chat.telegram_title && (
          <Fact name={<Trans>On Telegram</Trans>}>{chat.telegram_title}</Fact>
        )}
        <Fact name={<Trans>Type</Trans>}>{kind}</Fact>
        {account && (
          <Fact name={<Trans>Account</Trans>}>
            <AccountDot accountId={account.id} /> {accountTitle(account)}
          </Fact>
        )}
        {facts?.username && (
          <Fact name={<Trans>Username</Trans>}>
            <Username username={facts.username} />
          </Fact>
        )}
        {facts && facts.member_count !== null && (
          <Fact name={<Trans>Members</Trans>}>{facts.member_count.toLocaleString()}</Fact>
        )}
        {facts?.last_message_at && (
          <Fact name={<Trans>Last message</Trans>}>
            <time dateTime={facts.last_message_at} title={exactTime(facts.last_message_at)}>
              {listTime(facts.last_message_at)}
            </time>
          </Fact>
        )}
      </PanelFacts>
      <WhoReads chat={chat} account={account} />
    </PanelSection>
  );
}

function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className={classes.fact}>{children}</dd>
    </>
  );
}

function Username({ username }: { username: string }) {
  const { t } = useLingui();
  return (
    <Group gap={4} component="span">
      @{username}
      <CopyButton value={`@${username}`}>
        {({ copied, copy }) => (
          <ActionIcon size={24} aria-label={copied ? t`Copied` : t`Copy username`} onClick={copy}>
            <Copy size={14} />
          </ActionIcon>
        )}
      </CopyButton>
    </Group>
  );
}

function Values({ chat }: { chat: Chat }) {
  const workspace = useWorkspace();
  const columns = useColumns(workspace.id);
  const edits = useValueEdits();
  const createOption = useCreateOption(workspace.id);
  const mayAdd = useCan("columns.manage");
  const mayEdit = useCan("values.edit");
  return (
    <PanelSection title={<Trans>Columns</Trans>}>
      <WhoSees who="workspace" />
      {!mayEdit && (
        <Text size="sm" c="dimmed" component="div">
          <Suspense>
            <UnpaidLine action="values.edit" />
          </Suspense>
        </Text>
      )}
      {columns.isPending && <LoadingRows rows={3} height={36} />}
      {columns.error && <ErrorState error={columns.error} onRetry={() => void columns.refetch()} />}
      {columns.data?.map((column) => (
        <ValueField
          key={`${chat.id}-${column.id}`}
          column={column}
          value={chat.values[column.id]?.value ?? null}
          whole={chat.values[column.id]?.is_cut ? () => edits.whole(chat.id, column.id) : undefined}
          description={column.description || undefined}
          isReadOnly={!mayEdit || column.conversion !== null}
          onChange={(value) => setWithUndo(edits, chat, column, value)}
          onCreateOption={(name) => createOption(column, name)}
        />
      ))}
      {mayAdd ? <AddColumn workspaceId={workspace.id} /> : columns.data?.length === 0 && <NoColumns />}
    </PanelSection>
  );
}

function AddColumn({ workspaceId }: { workspaceId: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<Plus size={14} />}
        onClick={() => setOpen(true)}
        w="fit-content"
      >
        <Trans>Add column</Trans>
      </Button>
      <Suspense>
        {isOpen && <ColumnDialog workspaceId={workspaceId} onClose={() => setOpen(false)} />}
      </Suspense>
    </>
  );
}

function NoColumns() {
  return (
    <Text size="sm" c="dimmed">
      <Trans>No columns yet.</Trans> <WhoMay action="columns.manage" />
    </Text>
  );
}
