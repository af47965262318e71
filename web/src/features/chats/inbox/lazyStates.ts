/** What the inbox's panes say while there is nothing to show in them: who has chats rarely sees it, and loads it then. */

import { lazy } from "react";

const states = () => import("./InboxStates");

export const NoAccounts = lazy(async () => ({ default: (await states()).NoAccounts }));
export const NoneFiltered = lazy(async () => ({ default: (await states()).NoneFiltered }));
export const Syncing = lazy(async () => ({ default: (await states()).Syncing }));
export const NotConnected = lazy(async () => ({ default: (await states()).NotConnected }));
export const NoSuchChat = lazy(async () => ({ default: (await states()).NoSuchChat }));
