/** What other features show of a chat in its details. The app says what, since chats know nothing of those features. */

import { type ComponentType, createContext } from "react";

export type DetailsSection = ComponentType<{ chatId: string }>;

export const MoreSections = createContext<readonly DetailsSection[]>([]);
