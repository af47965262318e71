/** The view that is open, with what the address changes of it; changing it changes the address alone until it is saved. */

import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import type { View } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";
import { ALL, type Content, changesOf, contentBody, isSame, savedContent, shownContent } from "./content";
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
  /** What is shown, as it is saved. */
  body: View["content"];
  /** Conditions that are left out, since what they name is gone. */
  dropped: number;
  isChanged: boolean;
  /** Another layout is a page of its own, which the browser's Back leaves. */
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
  const { layout, filter: wished, sort, arranged } = search;
  // Of its parts: walking through rows changes the address too, and the table is not to be laid out anew for it.
  const addressed = useMemo(
    () => shownContent(saved, { layout, filter: wished, sort, arranged }),
    [saved, layout, wished, sort, arranged],
  );
  // The address takes a moment to follow; a box that is ticked does not wait for it, nor is anything laid out again then.
  const [ahead, setAhead] = useState<{ of: Content; content: Content }>();
  const content = useMemo(
    () => (ahead && (ahead.of === addressed || isSame(ahead.content, addressed)) ? ahead.content : addressed),
    [ahead, addressed],
  );
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
    body: contentBody({ ...content, filter }, kinds),
    dropped,
    isChanged: Object.keys(changesOf(saved, content)).length > 0,
    change: (part) => {
      const next = { ...content, ...part };
      setAhead({ of: addressed, content: next });
      go({ ...named, ...changesOf(saved, next) }, next.layout === content.layout);
    },
    reset: () => go(named, true),
    open: (viewId) => go({ view: viewId ?? ALL }, false),
  };
}

const NONE: readonly View[] = [];
