/** A conversation with its search beside it and, over it, the message that is looked at among its neighbours. */

import { msg } from "@lingui/core/macro";
import { useMediaQuery } from "@mantine/hooks";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useShortcuts } from "@/lib/hotkeys";
import { useFocusBack } from "./focusBack";
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
  const [isFolded, setFolded] = useFolding();
  const home = useFocusBack(isSearching, look !== undefined);
  useShortcuts(msg`Conversation`, [
    { keys: "$mod+f", label: msg`Search in this chat`, run: () => onSearching(true) },
  ]);
  return (
    <div className={classes.searched}>
      <div className={classes.talk}>
        <div className={classes.home} inert={look !== undefined} {...home}>
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
            isFolded={isFolded}
            onUnfold={() => setFolded(false)}
            onLook={(hit, words) => {
              onLook({ chatId, messageId: hit.id, words });
              setFolded(true);
            }}
            onClose={() => {
              onSearching(false);
              onLook(undefined);
              setFolded(false);
            }}
          />
        )}
      </Suspense>
    </div>
  );
}

/** Where the pane has no room beside the conversation it lies over it, and makes way for the hit that was picked. */
function useFolding(): [boolean, (is: boolean) => void] {
  const isNarrow = useMediaQuery("(max-width: 1099px)", false, { getInitialValueInEffect: false });
  const [isFolded, setFolded] = useState(false);
  return [isNarrow && isFolded, setFolded];
}
