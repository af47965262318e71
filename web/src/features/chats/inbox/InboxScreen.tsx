/** Every chat of every connected account: the list, one conversation, and what the workspace knows about it. */

import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useMediaQuery } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, Suspense, useMemo, useState } from "react";
import { ResizeHandle } from "@/components/ResizeHandle";
import { LoadingRows } from "@/components/StateBlock";
import { useShortcuts } from "@/lib/hotkeys";
import { usePageTitle } from "@/lib/pageTitle";
import { usePreference } from "@/lib/preferences";
import { useWorkspace } from "@/lib/session";
import { useChats } from "../cache";
import { ChatKeys } from "../details/ChatKeys";
import { useSearching } from "../search/useSearching";
import { ChatList } from "./ChatList";
import { type InboxFilter, isReadable, listed } from "./filter";
import classes from "./InboxScreen.module.css";
import { Conversation, DetailsPanel, PanelDrawer, preloadPanes } from "./lazyPanes";
import { NothingSelected } from "./NothingSelected";

interface InboxScreenProps {
  chatId: string | undefined;
  accountId: string | undefined;
  filter: InboxFilter | undefined;
}

export function InboxScreen({ chatId, accountId, filter }: InboxScreenProps) {
  const { t } = useLingui();
  const workspace = useWorkspace();
  const loaded = useChats(workspace.id);
  // Words that are searched for stand in no address: those are kept by browsers and logged by servers.
  const [search, setSearch] = useState("");
  const { look, setLook, isSearching, setSearching } = useSearching(chatId);
  const wish = { filter, accountId, search, openChatId: chatId };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the wish is made of the others.
  const chats = useMemo(() => listed(loaded.chats, wish), [loaded.chats, filter, accountId, search, chatId]);
  const chat = loaded.chats.find((each) => each.id === chatId);
  const isWide = useMediaQuery("(min-width: 1200px)", true, AT_ONCE);
  const [showsDetails, setShowsDetails] = useState(isWide);
  const open = useOpenChat();
  const unread = loaded.chats.filter((each) => isReadable(each) && each.private.unread_count > 0).length;
  usePageTitle(
    [unread > 0 && `(${unread})`, chat?.title ?? t`Inbox`].filter(Boolean).join(" "),
    workspace.name,
  );
  useInboxShortcuts({
    chatIds: chats.map((each) => each.id),
    chatId,
    open,
    toggleDetails: () => setShowsDetails(!showsDetails),
  });
  const list = (
    <ChatList
      loaded={loaded}
      chats={chats}
      wish={wish}
      onNear={preloadPanes}
      onSearch={setSearch}
      onLook={(hit) => {
        setLook(hit);
        open(hit.chatId);
      }}
    />
  );
  const conversation = chatId ? (
    <Conversation
      key={chatId}
      chatId={chatId}
      chat={chat}
      loaded={loaded}
      look={look}
      onLook={setLook}
      isSearching={isSearching}
      onSearching={setSearching}
      onBack={() => open(undefined)}
      onToggleDetails={() => setShowsDetails(!showsDetails)}
    />
  ) : (
    <NothingSelected />
  );
  const details = chat && <DetailsPanel chat={chat} place="inbox" onClose={() => setShowsDetails(false)} />;
  return (
    <>
      <Panes
        list={list}
        conversation={conversation}
        details={isWide && showsDetails && !isSearching ? details : null}
        isOpen={chatId !== undefined}
      />
      {chat && <ChatKeys chat={chat} onShowDetails={() => setShowsDetails(true)} />}
      {!isWide && showsDetails && chat && (
        <Suspense>
          <PanelDrawer onClose={() => setShowsDetails(false)}>{details}</PanelDrawer>
        </Suspense>
      )}
    </>
  );
}

const AT_ONCE = { getInitialValueInEffect: false };

interface PanesProps {
  list: ReactNode;
  conversation: ReactNode;
  details: ReactNode;
  isOpen: boolean;
}

/** Side by side where there is room; on a phone one after the other, with the browser's own Back. */
function Panes({ list, conversation, details, isOpen }: PanesProps) {
  const { t } = useLingui();
  const isPhone = useMediaQuery("(max-width: 767px)", false, AT_ONCE);
  const [listWidth, setListWidth] = usePreference("list-width");
  if (isPhone) return <div className={classes.stack}>{isOpen ? <Loaded>{conversation}</Loaded> : list}</div>;
  return (
    <div className={classes.panes}>
      <div className={classes.pane} style={{ flex: "none", width: Number(listWidth) }}>
        {list}
      </div>
      <ResizeHandle
        label={t`Width of the list`}
        width={Number(listWidth)}
        min={260}
        max={480}
        onResize={(width) => setListWidth(`${width}`)}
      />
      <div className={classes.middle}>
        <Loaded>{conversation}</Loaded>
        {details && (
          <div className={classes.details}>
            <Suspense>{details}</Suspense>
          </div>
        )}
      </div>
    </div>
  );
}

function Loaded({ children }: { children: ReactNode }) {
  return <Suspense fallback={<LoadingRows rows={6} />}>{children}</Suspense>;
}

function useOpenChat(): (chatId: string | undefined) => void {
  const navigate = useNavigate();
  const ws = useWorkspace().id;
  return (chatId) => {
    if (chatId === undefined) void navigate({ to: "/w/$ws/inbox", params: { ws }, search: true });
    else void navigate({ to: "/w/$ws/inbox/$chatId", params: { ws, chatId }, search: true });
  };
}

interface ShortcutTargets {
  chatIds: string[];
  chatId: string | undefined;
  open: (chatId: string | undefined) => void;
  toggleDetails: () => void;
}

function useInboxShortcuts({ chatIds, chatId, open, toggleDetails }: ShortcutTargets): void {
  const walk = (step: number) => () => {
    const at = chatId === undefined ? -1 : chatIds.indexOf(chatId);
    const next = chatIds[at < 0 ? 0 : at + step];
    if (next) open(next);
  };
  useShortcuts(msg`Inbox`, [
    { keys: "/", label: msg`Search chats`, run: () => document.getElementById("chat-search")?.focus() },
    { keys: "j", label: msg`Next chat`, run: walk(1) },
    { keys: "k", label: msg`Previous chat`, run: walk(-1) },
    { keys: "Alt+ArrowDown", label: msg`Next chat`, run: walk(1) },
    { keys: "Alt+ArrowUp", label: msg`Previous chat`, run: walk(-1) },
    { keys: "]", label: msg`Show or hide details`, run: toggleDetails },
  ]);
}
