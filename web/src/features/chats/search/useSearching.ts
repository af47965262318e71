/** What is searched for in the open chat, and the message that is looked at: of this visit to the chat alone. */

import { useEffect, useState } from "react";
import type { Look } from "./Searched";

interface Searching {
  look: Look | undefined;
  setLook: (look: Look | undefined) => void;
  isSearching: boolean;
  setSearching: (is: boolean) => void;
}

/** Who opens another chat, and comes back, finds the conversation; a hit may come before its chat is open. */
export function useSearching(chatId: string | undefined): Searching {
  const [look, setLook] = useState<Look>();
  const [searchedId, setSearchedId] = useState<string>();
  useEffect(() => {
    setLook((found) => (found?.chatId === chatId ? found : undefined));
    setSearchedId((searched) => (searched === chatId ? searched : undefined));
  }, [chatId]);
  return {
    look: look?.chatId === chatId ? look : undefined,
    setLook,
    isSearching: chatId !== undefined && searchedId === chatId,
    setSearching: (is) => setSearchedId(is ? chatId : undefined),
  };
}
