/** Beside the conversation: what is searched in it, and what was found. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Loader } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { ChevronDown, ChevronUp, List, SearchX, X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { RadioBar } from "@/components/RadioBar";
import { SearchField } from "@/components/SearchField";
import { EmptyState, ErrorState, LoadingRows } from "@/components/StateBlock";
import type { Message } from "@/live/types";
import { isWanted, type SearchKind, useChatSearch, useWalk, type Walk, type Wanted } from "./chatSearch";
import { HitLine } from "./HitLine";
import classes from "./search.module.css";

const TYPING_MS = 300;

interface SearchPaneProps {
  chatId: string;
  /** Only a bar to step through the hits: the words, the hits and the place in them stay. */
  isFolded: boolean;
  onUnfold: () => void;
  /** Shows a hit among its neighbours. */
  onLook: (hit: Message, words: string) => void;
  onClose: () => void;
}

export function SearchPane({ chatId, isFolded, onUnfold, onLook, onClose }: SearchPaneProps) {
  const { t } = useLingui();
  const [words, setWords] = useState("");
  const [kind, setKind] = useState<SearchKind>("text");
  const [settled] = useDebouncedValue(words, TYPING_MS);
  const wanted: Wanted = { words: settled.trim(), kind };
  const search = useChatSearch(chatId, wanted);
  const walk = useWalk(search, (hit) => onLook(hit, wanted.words));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter" && isField(event.target)) walk.step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const steps = <Steps walk={walk} count={search.hits.length} onClose={onClose} />;
  return (
    <search
      className={classes.pane}
      data-folded={isFolded}
      aria-label={t`Search in this chat`}
      onKeyDown={onKeyDown}
    >
      {isFolded ? (
        <Folded onUnfold={onUnfold} steps={steps}>
          <Count search={search} at={walk.index} />
        </Folded>
      ) : (
        <>
          <div className={classes.head}>
            <SearchField
              className={classes.words}
              autoFocus
              label={t`Search in this chat`}
              placeholder={t`Search in this chat`}
              value={words}
              onChange={setWords}
            />
            {steps}
          </div>
          <RadioBar
            label={t`What to look for`}
            value={kind}
            options={[
              { value: "text", label: t`Text` },
              { value: "photos", label: t`Photos` },
              { value: "files", label: t`Files` },
              { value: "links", label: t`Links` },
            ]}
            onChange={setKind}
          />
          <Hits search={search} wanted={wanted} at={walk.index} onPick={walk.to} />
        </>
      )}
    </search>
  );
}

/** Enter steps from the field alone: on a button or a hit it presses that. */
function isField(target: EventTarget): boolean {
  return target instanceof HTMLInputElement && target.type === "search";
}

/** It takes the place of the list, and the focus that was in it. */
function Folded({
  onUnfold,
  steps,
  children,
}: {
  onUnfold: () => void;
  steps: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={classes.head}>
      <Button
        variant="subtle"
        size="compact-md"
        leftSection={<List size={16} />}
        autoFocus
        onClick={onUnfold}
      >
        <Trans>Results</Trans>
      </Button>
      <div className={classes.words}>{children}</div>
      {steps}
    </div>
  );
}

interface StepsProps {
  walk: Walk;
  count: number;
  onClose: () => void;
}

function Steps({ walk, count, onClose }: StepsProps) {
  const { t } = useLingui();
  return (
    <>
      <ActionIcon
        size={36}
        aria-label={t`Newer result`}
        title={t`Newer result (Shift+Enter)`}
        {...disabledInPlace(walk.index <= 0)}
        onClick={() => walk.step(-1)}
      >
        <ChevronUp size={18} />
      </ActionIcon>
      <ActionIcon
        size={36}
        aria-label={t`Older result`}
        title={t`Older result (Enter)`}
        {...disabledInPlace(walk.index + 1 >= count)}
        onClick={() => walk.step(1)}
      >
        <ChevronDown size={18} />
      </ActionIcon>
      <ActionIcon size={36} aria-label={t`Close search`} title={t`Close (Esc)`} onClick={onClose}>
        <X size={18} />
      </ActionIcon>
    </>
  );
}

/** Looks and reads as disabled and keeps the focus, which a disabled button loses under the finger. */
function disabledInPlace(is: boolean) {
  return { "aria-disabled": is, "data-disabled": is };
}

type ChatSearch = ReturnType<typeof useChatSearch>;

function Count({ search, at }: { search: ChatSearch; at: number }) {
  const { hits, hasNextPage } = search;
  return (
    <p className={classes.count} role="status">
      {at >= 0 ? (
        <Trans>
          {at + 1} of {hits.length}
          {hasNextPage ? "+" : ""}
        </Trans>
      ) : (
        <>
          <Plural value={hits.length} one="# result" other="# results" />
          {hasNextPage ? "+" : ""}
        </>
      )}
    </p>
  );
}

interface HitsProps {
  search: ChatSearch;
  wanted: Wanted;
  at: number;
  onPick: (index: number) => void;
}

function Hits({ search, wanted, at, onPick }: HitsProps) {
  const { hits, hasNextPage } = search;
  if (!isWanted(wanted))
    return (
      <p className={classes.hint}>
        <Trans>Telegram searches the whole chat. Enter goes to the next result.</Trans>
      </p>
    );
  if (search.isPending) return <LoadingRows rows={4} height={44} />;
  if (search.error && hits.length === 0)
    return <ErrorState error={search.error} onRetry={() => void search.refetch()} />;
  if (hits.length === 0) return <EmptyState icon={SearchX} title={<Trans>Nothing found</Trans>} />;
  return (
    <>
      <Count search={search} at={at} />
      <ol className={classes.hits}>
        {hits.map((hit, index) => (
          <li key={hit.id}>
            <HitLine
              message={hit}
              words={wanted.words}
              isCurrent={index === at}
              onPick={() => onPick(index)}
            />
          </li>
        ))}
        {hasNextPage && (
          <li className={classes.more}>
            <Button
              variant="subtle"
              size="compact-sm"
              disabled={search.isFetchingNextPage}
              leftSection={search.isFetchingNextPage && <Loader size={14} />}
              onClick={() => void search.fetchNextPage()}
            >
              <Trans>Older results</Trans>
            </Button>
          </li>
        )}
      </ol>
    </>
  );
}
