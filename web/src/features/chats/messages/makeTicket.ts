/** The way from a message to a ticket about it. The app says how, since chats know nothing of tickets. */

import { createContext } from "react";

/** Asks for a ticket that quotes a message by where it is. Null where nobody here may make one. */
export type MakeTicket = ((chatId: string, messageId: number) => void) | null;

export const MakeTicketContext = createContext<MakeTicket>(null);
