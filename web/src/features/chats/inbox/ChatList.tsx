/** The inbox's left pane: search, filters, and the chats. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Loader } from "@mantine/core";
import { useHover } from "@mantine/hooks";
import { Inbox, SquarePen } from "lucide-react";
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { VList } from "virtua";
import { PageHeader } from "@/components/PageHeader";
import { ErrorState, LoadingRows } from "@/components/StateBlock";
import { useAccounts } from "@/features/accounts/accounts";
import type { LoadedChats } from "../cache";
import type { Look } from "../search/Searched";
import classes from "./ChatList.module.css";
import { ChatRow } from "./ChatRow";
import type { InboxWish, ReadableChat } from "./filter";
import { ListFilters } from "./ListFilters";
import { NoAccounts, NoneFiltered, Syncing } from "./lazyStates";

interface ChatListProps {
  loaded: LoadedChats;
  chats: readonly ReadableChat[];
  wish: InboxWish;
  onSearch: (words: string) => void;
  onLook: (look: Look) => void;
}

const MessageHits = lazy(() => import("../search/MessageHits"));
const NewConversation = lazy(() => import("../search/NewConversation"));

/** So many chats whose title has the words are listed over the messages that have them. */
const CHATS_OVER_MESSAGES = 20;
const MORE_CHATS = 100;

/** `onNear` is called when the pointer or the focus comes to the list: a good moment to load what a chat needs. */
export function ChatList({ onNear, ...props }: ChatListProps & { onNear: () => void }) {
  const { t } = useLingui();
  const { loaded, wish, onSearch } = props;
  const [isWriting, setWriting] = useState(false);
  return (
    <section className={classes.list} aria-label={t`Conversations`} onPointerEnter={onNear} onFocus={onNear}>
      <PageHeader title={<Trans>Inbox</Trans>}>
        {loaded.isLoadingMore && !loaded.isPending && <Loader size={16} />}
        <ActionIcon
          size={36}
          aria-label={t`New conversation`}
          title={t`New conversation`}
          onClick={() => setWriting(true)}
        >
          <SquarePen size={18} />
        </ActionIcon>
      </PageHeader>
      <ListFilters wish={wish} onSearch={onSearch} />
      <Suspense>
        <Rows {...props} />
      </Suspense>
      <Suspense>{isWriting && <NewConversation onClose={() => setWriting(false)} />}</Suspense>
    </section>
  );
}

function Rows(props: ChatListProps): ReactNode {
  const { loaded, chats, wish } = props;
  const accounts = useAccounts();
  const own = accounts.data?.accounts.filter((each) => each.mine);
  if (loaded.isPending || accounts.isPending) return <LoadingRows rows={8} height={48} gap={16} />;
  if (loaded.error && loaded.chats.length === 0)
    return <ErrorState error={loaded.error} onRetry={loaded.retry} />;
  if (own?.length === 0) return <NoAccounts />;
  if (wish.search.trim()) return <Found {...props} />;
  if (chats.length > 0) return <Listed chats={chats} wish={wish} accounts={own ?? []} />;
  if (wish.filter || wish.accountId) return <NoneFiltered />;
  return <Syncing isLoading={loaded.isLoadingMore} />;
}

/** Chats by their titles at once, and messages by Telegram's search as they come. */
function Found({ chats, wish, onLook }: ChatListProps) {
  const accounts = useAccounts().data?.accounts ?? [];
  const [wider, setWider] = useState({ search: "", count: CHATS_OVER_MESSAGES });
  const count = wider.search === wish.search ? wider.count : CHATS_OVER_MESSAGES;
  const over = chats.slice(0, count);
  const left = chats.length - over.length;
  return (
    <div className={classes.found}>
      {over.map((chat) => (
        <ChatRow
          key={chat.id}
          chat={chat}
          account={accounts.find((each) => each.id === chat.account_id)}
          isOpen={chat.id === wish.openChatId}
        />
      ))}
      {left > 0 && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => setWider({ search: wish.search, count: count + MORE_CHATS })}
        >
          <Plural value={left} one="# more chat" other="# more chats" />
        </Button>
      )}
      {chats.length === 0 && (
        <p className={classes.left}>
          <Trans>No chat matches</Trans>
        </p>
      )}
      <Suspense fallback={<LoadingRows rows={3} height={44} />}>
        <MessageHits
          words={wish.search}
          accountId={wish.accountId}
          onLook={(chatId, hit, words) => onLook({ chatId, messageId: hit.id, words })}
        />
      </Suspense>
    </div>
  );
}

interface ListedProps {
  chats: readonly ReadableChat[];
  wish: InboxWish;
  accounts: NonNullable<ReturnType<typeof useAccounts>["data"]>["accounts"];
}

function Listed({ chats, wish, accounts }: ListedProps) {
  const { hovered, ref } = useHover();
  const order = useSteadyOrder(chats, hovered);
  return (
    <div ref={ref} className={classes.rows}>
      {order.news > 0 && (
        <Button
          className={classes.news}
          size="compact-sm"
          radius="xl"
          onClick={order.renew}
          leftSection={<Inbox size={14} />}
        >
          <Trans>{order.news} with news</Trans>
        </Button>
      )}
      <VList className={classes.scroll}>
        {order.chats.map((chat) => (
          <ChatRow
            key={chat.id}
            chat={chat}
            account={accounts.find((each) => each.id === chat.account_id)}
            isOpen={chat.id === wish.openChatId}
          />
        ))}
      </VList>
    </div>
  );
}

/** While the pointer is in the list rows keep their places: nothing moves from under a click. */
function useSteadyOrder(chats: readonly ReadableChat[], isHeld: boolean) {
  const [held, setHeld] = useState<readonly string[]>([]);
  const latest = useRef(chats);
  latest.current = chats;
  useEffect(() => {
    setHeld(isHeld ? latest.current.map((each) => each.id) : []);
  }, [isHeld]);
  if (held.length === 0) return { chats, news: 0, renew: () => undefined };
  const rank = new Map(held.map((id, index) => [id, index]));
  const steady = chats
    .filter((each) => rank.has(each.id))
    .toSorted((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0));
  const news = countMoved(chats, steady);
  return { chats: steady, news, renew: () => setHeld(latest.current.map((each) => each.id)) };
}

/** How many chats stand before the one that is shown first. */
function countMoved(chats: readonly ReadableChat[], steady: readonly ReadableChat[]): number {
  const first = steady[0];
  const moved = chats.findIndex((each) => each.id === first?.id);
  return Math.max(moved, 0);
}
