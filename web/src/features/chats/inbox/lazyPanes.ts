/** The panes that only an open chat needs: their code is loaded when the pointer or the keyboard nears the list. */

import { lazy } from "react";

const conversation = () => import("./Conversation");
const details = () => import("../details/DetailsPanel");
const drawer = () => import("@/components/PanelDrawer");

export const Conversation = lazy(async () => ({ default: (await conversation()).Conversation }));
export const DetailsPanel = lazy(async () => ({ default: (await details()).DetailsPanel }));
export const PanelDrawer = lazy(async () => ({ default: (await drawer()).PanelDrawer }));

/** Begins to load what opening a chat needs. A module is fetched once, however often this is called. */
export function preloadPanes(): void {
  void conversation();
  void details();
}
