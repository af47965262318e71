/** Ctrl+K: go anywhere, do anything, by typing. */

import { useLingui } from "@lingui/react/macro";
import { useMantineColorScheme } from "@mantine/core";
import { Spotlight, type SpotlightActionGroupData, spotlight } from "@mantine/spotlight";
import { useNavigate } from "@tanstack/react-router";
import { ArrowLeftRight, Keyboard, LogOut, Moon, Search, Smartphone, Sun, UserPlus } from "lucide-react";
import { useEffect } from "react";

import { useSignOut } from "@/features/identity/useSignOut";
import { useCan, useMe, useWorkspace } from "@/lib/session";

import { mainPlaces } from "./navigation";
import { personalPlaces, workspacePlaces } from "./settingsPlaces";

interface Props {
  /** Grows with every wish to open. */
  opening: number;
  onShortcuts: () => void;
}

export default function CommandPalette({ opening, onShortcuts }: Props) {
  const { t } = useLingui();
  const actions = [useGoTo(), useDo(onShortcuts), useOtherWorkspaces()].filter(
    ({ actions }) => actions.length > 0,
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new wish opens it again.
  useEffect(() => spotlight.open(), [opening]);
  return (
    <Spotlight
      actions={actions}
      shortcut={null}
      tagsToIgnore={[]}
      triggerOnContentEditable
      nothingFound={t`Nothing found`}
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <Search size={18} aria-hidden />,
        placeholder: t`Go to or do…`,
        "aria-label": t`Search and commands`,
      }}
      attributes={{ content: { "aria-label": t`Command palette` } }}
    />
  );
}

function useGoTo(): SpotlightActionGroupData {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const params = { ws: useWorkspace().id };
  const settings = [...personalPlaces, ...workspacePlaces].map((place) => ({
    ...place,
    name: t`Settings: ${i18n._(place.label)}`,
  }));
  const main = mainPlaces.map((place) => ({ ...place, name: i18n._(place.label) }));
  return {
    group: t`Go to`,
    actions: [...main, ...settings].map(({ to, name, icon: Icon }) => ({
      id: to,
      label: name,
      leftSection: <Icon size={18} aria-hidden />,
      onClick: () => void navigate({ to, params }),
    })),
  };
}

function useDo(onShortcuts: () => void): SpotlightActionGroupData {
  const { t } = useLingui();
  const navigate = useNavigate();
  const workspace = useWorkspace();
  const signOut = useSignOut();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const isDark = colorScheme === "dark";
  const mayInvite = useCan("members.invite");
  const params = { ws: workspace.id };
  const invite = {
    id: "invite",
    label: t`Invite people`,
    leftSection: <UserPlus size={18} aria-hidden />,
    onClick: () => void navigate({ to: "/w/$ws/settings/members", params }),
  };
  return {
    group: t`Do`,
    actions: [
      {
        id: "connect",
        label: t`Connect a Telegram account`,
        leftSection: <Smartphone size={18} aria-hidden />,
        onClick: () => void navigate({ to: "/w/$ws/settings/accounts", params, search: { connect: true } }),
      },
      ...(mayInvite ? [invite] : []),
      {
        id: "theme",
        label: isDark ? t`Use the light theme` : t`Use the dark theme`,
        leftSection: isDark ? <Sun size={18} aria-hidden /> : <Moon size={18} aria-hidden />,
        onClick: () => setColorScheme(isDark ? "light" : "dark"),
      },
      {
        id: "shortcuts",
        label: t`Keyboard shortcuts`,
        leftSection: <Keyboard size={18} aria-hidden />,
        onClick: onShortcuts,
      },
      { id: "sign-out", label: t`Sign out`, leftSection: <LogOut size={18} aria-hidden />, onClick: signOut },
    ],
  };
}

function useOtherWorkspaces(): SpotlightActionGroupData {
  const { t } = useLingui();
  const navigate = useNavigate();
  const current = useWorkspace();
  const others = useMe().workspaces.filter((each) => each.id !== current.id);
  return {
    group: t`Switch workspace`,
    actions: others.map((each) => ({
      id: each.id,
      label: each.name,
      leftSection: <ArrowLeftRight size={18} aria-hidden />,
      onClick: () => void navigate({ to: "/w/$ws/inbox", params: { ws: each.id } }),
    })),
  };
}
