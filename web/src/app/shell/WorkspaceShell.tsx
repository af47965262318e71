/** The frame around a workspace's pages: navigation, banners, palette, shortcuts. */

import { msg } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useDisclosure } from "@mantine/hooks";
import { Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useState } from "react";

import { useAccountEvents } from "@/features/accounts/accounts";
import { MakeTicketContext } from "@/features/chats/messages/makeTicket";
import { useOwnTimeZone } from "@/features/identity/useOwnTimeZone";
import { useWorkspaceNews } from "@/features/workspaces/useWorkspaceNews";
import { useShortcuts } from "@/lib/hotkeys";
import { usePreference } from "@/lib/preferences";
import { useCan, useWorkspace } from "@/lib/session";
import { takeBackLast } from "@/lib/takingBack";

import { Banners } from "./Banners";
import { BottomBar } from "./BottomBar";
import { bellPlace, furtherPlaces, mainPlaces } from "./navigation";
import { PaletteOpenerProvider } from "./paletteOpener";
import { Sidebar } from "./Sidebar";
import classes from "./WorkspaceShell.module.css";

const CommandPalette = lazy(() => import("./CommandPalette"));
const ChatTicketDialog = lazy(() => import("./ChatTicketDialog"));
const ShortcutsSheet = lazy(() => import("./ShortcutsSheet"));

export function WorkspaceShell() {
  const palette = usePalette();
  const [isSheetOpen, sheet] = useDisclosure(false);
  const [sidebar, setSidebar] = usePreference("sidebar");
  const { chatId } = useParams({ strict: false });
  const toggleSidebar = () => setSidebar(sidebar === "open" ? "closed" : "open");
  useAccountEvents();
  useWorkspaceNews();
  useOwnTimeZone();
  const ticket = useChatTicket(chatId);
  useGlobalShortcuts({ openPalette: palette.open, openSheet: sheet.open, toggleSidebar });
  return (
    <div className={classes.shell} data-sidebar={sidebar} data-chat={chatId !== undefined}>
      <a href="#main" className={classes.skip}>
        <Trans>Skip to content</Trans>
      </a>
      <Sidebar
        isNarrow={sidebar === "closed"}
        onToggle={toggleSidebar}
        onSearch={palette.open}
        onShortcuts={sheet.open}
      />
      <main id="main" className={classes.main} tabIndex={-1}>
        <Banners />
        <MakeTicketContext value={ticket.make}>
          <Outlet />
        </MakeTicketContext>
      </main>
      <PaletteOpenerProvider value={palette.open}>
        <BottomBar />
      </PaletteOpenerProvider>
      <Suspense>
        {palette.wanted > 0 && <CommandPalette opening={palette.wanted} onShortcuts={sheet.open} />}
        {ticket.asked && <ChatTicketDialog {...ticket.asked} onClose={ticket.close} />}
        {isSheetOpen && <ShortcutsSheet onClose={sheet.close} />}
      </Suspense>
    </div>
  );
}

/** The palette's code is loaded when it is first wanted; `wanted` grows with every wish to open it. */
function usePalette() {
  const [wanted, setWanted] = useState(0);
  return { wanted, open: () => setWanted((times) => times + 1) };
}

interface AskedTicket {
  chatId: string;
  messageId: number | undefined;
}

/** `T` in a chat makes a ticket about it, and a message's menu one that quotes it. */
function useChatTicket(chatId: string | undefined) {
  const [asked, setAsked] = useState<AskedTicket>();
  const mayCreate = useCan("tickets.create");
  const isOffered = chatId !== undefined && mayCreate;
  const make = useCallback((chatId: string, messageId?: number) => setAsked({ chatId, messageId }), []);
  useShortcuts(
    msg`Conversation`,
    isOffered ? [{ keys: "t", label: msg`Make a ticket about this chat`, run: () => make(chatId) }] : [],
  );
  return { asked, make: mayCreate ? make : null, close: () => setAsked(undefined) };
}

interface GlobalActions {
  openPalette: () => void;
  openSheet: () => void;
  toggleSidebar: () => void;
}

function useGlobalShortcuts({ openPalette, openSheet, toggleSidebar }: GlobalActions): void {
  const navigate = useNavigate();
  const params = { ws: useWorkspace().id };
  useShortcuts(msg`Everywhere`, [
    { keys: "$mod+k", label: msg`Search and commands`, run: openPalette },
    { keys: "Shift+?", label: msg`Keyboard shortcuts`, run: openSheet },
    { keys: "$mod+z", label: msg`Undo`, isOfFields: true, run: takeBackLast },
    { keys: "[", label: msg`Narrow or widen the sidebar`, run: toggleSidebar },
    ...[...mainPlaces, ...furtherPlaces, bellPlace].map(({ to, label, keys }) => ({
      keys,
      label,
      run: () => void navigate({ to, params }),
    })),
  ]);
}
