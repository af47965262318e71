/** A conversation with its search beside it and, over it, the message that is looked at among its neighbours. */

import { msg } from "@lingui/core/macro";
import { useMediaQuery } from "@mantine/hooks";
import { lazy, type ReactNode, Suspense } from "react";
import { useShortcuts } from "@/lib/hotkeys";
import classes from "./Searched.module.css";

const SearchPane = lazy(async () => ({ default: (await import("./SearchPane")).SearchPane }));
const Surroundings = lazy(async () => ({ default: (await import("./Surroundings")).Surroundings }));

/** A message that was searched for, and the words it was found by. */
export interface Look {
  chatId: string;
  messageId: number;
  words: string;
}

interface SearchedProps {
  chatId: string;
  look: Look | undefined;
  onLook: (look: Look | undefined) => void;
  isSearching: boolean;
  onSearching: (is: boolean) => void;
  children: ReactNode;
}

export function Searched({ chatId, look, onLook, isSearching, onSearching, children }: SearchedProps) {
  const isPhone = useMediaQuery("(max-width: 767px)", false, { getInitialValueInEffect: false });
  useShortcuts(msg`Conversation`, [
    { keys: "$mod+f", label: msg`Search in this chat`, run: () => onSearching(true) },
  ]);
  return (
    <div className={classes.searched}>
      <div className={classes.talk}>
        <div className={classes.talk} inert={look !== undefined}>
          {children}
        </div>
        {look && (
          <Suspense>
            <Surroundings
              key={look.messageId}
              chatId={chatId}
              messageId={look.messageId}
              words={look.words}
              onLatest={() => onLook(undefined)}
            />
          </Suspense>
        )}
      </div>
      <Suspense>
        {isSearching && (
          <SearchPane
            chatId={chatId}
            onLook={(hit, words) => {
              onLook({ chatId, messageId: hit.id, words });
              if (isPhone) onSearching(false);
            }}
            onClose={() => {
              onSearching(false);
              onLook(undefined);
            }}
          />
        )}
      </Suspense>
    </div>
  );
}
