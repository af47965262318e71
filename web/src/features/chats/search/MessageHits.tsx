/** Messages of all the person's accounts that have the words, by account and chat. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState, LoadingRows } from "@/components/StateBlock";
import { accountTitle, useAccounts } from "@/features/accounts/accounts";
import { ApiError } from "@/lib/api/errors";
import { problemText } from "@/lib/problemText";
import { useLive } from "@/live/LiveProvider";
import type { LiveRequests, Message } from "@/live/types";
import { AccountDot } from "../ChatFace";
import { HitLine } from "./HitLine";
import classes from "./search.module.css";

const TYPING_MS = 400;
const LEAST_LETTERS = 2;
const PAGE = 20;

type AccountFound = LiveRequests["search.messages"]["out"]["accounts"][number];
type Hit = AccountFound["hits"][number];

interface MessageHitsProps {
  words: string;
  accountId: string | undefined;
  onLook: (chatId: string, hit: Message, words: string) => void;
}

export default function MessageHits({ words, accountId, onLook }: MessageHitsProps) {
  const live = useLive();
  const [settled] = useDebouncedValue(words.trim(), TYPING_MS);
  const found = useQuery({
    queryKey: ["message-search", settled, accountId],
    queryFn: () =>
      live.request("search.messages", {
        words: settled,
        limit: PAGE,
        ...(accountId === undefined ? {} : { account_id: accountId }),
      }),
    enabled: settled.length >= LEAST_LETTERS,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  if (settled.length < LEAST_LETTERS) return null;
  return (
    <section aria-labelledby="message-hits">
      <h2 id="message-hits" className={classes.group}>
        <Trans>Messages</Trans>
      </h2>
      {found.isPending && <LoadingRows rows={3} height={44} />}
      {found.error && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <Accounts key={settled} found={found.data.accounts} words={settled} onLook={onLook} />}
    </section>
  );
}

interface AccountsProps {
  found: readonly AccountFound[];
  words: string;
  onLook: MessageHitsProps["onLook"];
}

function Accounts({ found, words, onLook }: AccountsProps) {
  const told = found.filter((each) => each.hits.length > 0 || each.problem !== null);
  return (
    <>
      <p className={classes.hint} role="status">
        {told.length === 0 && <Trans>No message has these words.</Trans>}
      </p>
      {told.map((each) => (
        <AccountHits key={each.account_id} first={each} words={words} onLook={onLook} />
      ))}
    </>
  );
}

function AccountHits({ first, words, onLook }: { first: AccountFound } & Omit<AccountsProps, "found">) {
  const account = useAccounts().data?.accounts.find((each) => each.id === first.account_id);
  const { hits, problem, cursor, isBusy, more } = useMoreHits(first, words);
  const name = account ? accountTitle(account) : "";
  return (
    <section aria-label={name}>
      <h3 className={classes.account}>
        <AccountDot accountId={first.account_id} /> {name}
      </h3>
      {byChat(hits).map(({ chatId, title, hits: inChat }) => (
        <section key={chatId} aria-label={title}>
          <h4 className={classes.chat}>
            <bdi>{title}</bdi>
          </h4>
          {inChat.map((hit) => (
            <HitLine
              key={hit.message.id}
              message={hit.message}
              words={words}
              isCurrent={false}
              onPick={() => onLook(chatId, hit.message, words)}
            />
          ))}
        </section>
      ))}
      {problem && (
        <Text size="sm" c="red" role="alert" className={classes.hint}>
          <Trans>This account could not be searched.</Trans> {problem}
        </Text>
      )}
      {cursor && (
        <div className={classes.more}>
          <Button variant="subtle" size="compact-sm" loading={isBusy} onClick={more}>
            <Trans>More of {name}</Trans>
          </Button>
        </div>
      )}
    </section>
  );
}

/** An account's hits and its further pages, which are added as they are asked for. */
function useMoreHits(first: AccountFound, words: string) {
  const live = useLive();
  const { t } = useLingui();
  const [later, setLater] = useState<readonly AccountFound[]>([]);
  const [failed, setFailed] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const last = later.at(-1) ?? first;
  const more = async () => {
    setBusy(true);
    try {
      const body = { words, limit: PAGE, account_id: first.account_id, cursor: last.next_cursor };
      const page = (await live.request("search.messages", body)).accounts[0];
      if (page?.problem) setFailed(page.problem.title);
      else if (page) setLater([...later, page]);
    } catch (error) {
      setFailed(error instanceof ApiError ? problemText(error) : t`Something went wrong. Try again.`);
    } finally {
      setBusy(false);
    }
  };
  return {
    hits: [first, ...later].flatMap((page) => page.hits),
    problem: failed ?? first.problem?.title,
    cursor: last.next_cursor,
    isBusy,
    more: () => void more(),
  };
}

/** The hits of each chat together; chats in the order of their newest hit. */
function byChat(hits: readonly Hit[]): { chatId: string; title: string; hits: Hit[] }[] {
  const grouped = Map.groupBy(hits, (hit) => hit.chat_id);
  return [...grouped].map(([chatId, inChat]) => ({ chatId, title: inChat[0]?.title ?? "", hits: inChat }));
}
