/** The view that is open, with what the address changes of it; changing it changes the address alone until it is saved. */

import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { View } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";
import { ALL, type Content, changesOf, savedContent, shownContent } from "./content";
import { type Group, type Kinds, mended } from "./filter/model";
import type { ViewSearch } from "./search";
import { useViews } from "./views";

export interface OpenView {
  views: readonly View[];
  isPending: boolean;
  /** The saved view; undefined where all rows are shown, or the address names one that is not there. */
  current: View | undefined;
  /** The view the person's table opens with. */
  defaultId: string | null;
  content: Content;
  filter: Group;
  /** Conditions that are left out, since what they name is gone. */
  dropped: number;
  isChanged: boolean;
  change: (part: Partial<Content>) => void;
  reset: () => void;
  /** Opens a saved view; undefined: all rows. */
  open: (viewId: string | undefined) => void;
}

export function useView(search: ViewSearch, kinds: Kinds): OpenView {
  const ws = useWorkspace().id;
  const { data, isPending } = useViews(ws);
  const navigate = useNavigate();
  const views = data?.views ?? NONE;
  const defaultId = data?.default_view_id ?? null;
  const wantedId = search.view ?? defaultId ?? ALL;
  const current = views.find((each) => each.id === wantedId);
  const saved = useMemo(() => savedContent(current), [current]);
  const content = useMemo(() => shownContent(saved, search), [saved, search]);
  const { filter, dropped } = useMemo(() => mended(content.filter, kinds), [content.filter, kinds]);
  const go = useCallback(
    (next: ViewSearch, replace: boolean) =>
      void navigate({
        to: "/w/$ws/chats",
        params: { ws },
        search: ({ peek }: { peek?: string | undefined }) => ({ ...next, ...(peek && { peek }) }),
        replace,
      }),
    [navigate, ws],
  );
  const named = search.view === undefined ? {} : { view: search.view };
  return {
    views,
    isPending,
    current,
    defaultId,
    content,
    filter,
    dropped,
    isChanged: Object.keys(changesOf(saved, content)).length > 0,
    change: (part) => go({ ...named, ...changesOf(saved, { ...content, ...part }) }, true),
    reset: () => go(named, true),
    open: (viewId) => go({ view: viewId ?? ALL }, false),
  };
}

const NONE: readonly View[] = [];
