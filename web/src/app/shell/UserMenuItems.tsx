/** What a person does about themselves: profile, theme, sign out. Inside any menu's dropdown. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Menu, Text, useMantineColorScheme } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { Check, LogOut, Monitor, Moon, ShieldCheck, Sun, UserRound } from "lucide-react";

import { useSignOut } from "@/features/identity/useSignOut";
import { useMe, useWorkspace } from "@/lib/session";

export function UserMenuItems() {
  const { user } = useMe();
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const signOut = useSignOut();
  return (
    <>
      <Menu.Label>
        <Text size="sm" fw={500} c="var(--c-text)">
          {user.full_name}
        </Text>
        {user.email}
      </Menu.Label>
      <Menu.Item
        leftSection={<UserRound size={16} />}
        onClick={() => void navigate({ to: "/w/$ws/settings/profile", params: { ws: workspace.id } })}
      >
        <Trans>Profile</Trans>
      </Menu.Item>
      <Menu.Item
        leftSection={<ShieldCheck size={16} />}
        onClick={() => void navigate({ to: "/w/$ws/settings/security", params: { ws: workspace.id } })}
      >
        <Trans>Security</Trans>
      </Menu.Item>
      <Menu.Divider />
      <ThemeItems />
      <Menu.Divider />
      <Menu.Item leftSection={<LogOut size={16} />} onClick={signOut}>
        <Trans>Sign out</Trans>
      </Menu.Item>
    </>
  );
}

function ThemeItems() {
  const { t } = useLingui();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const themes = [
    { value: "auto", label: t`System theme`, icon: Monitor },
    { value: "light", label: t`Light theme`, icon: Sun },
    { value: "dark", label: t`Dark theme`, icon: Moon },
  ] as const;
  return themes.map(({ value, label, icon: Icon }) => (
    <Menu.Item
      key={value}
      role="menuitemradio"
      aria-checked={colorScheme === value}
      leftSection={<Icon size={16} />}
      rightSection={colorScheme === value ? <Check size={16} aria-hidden /> : null}
      onClick={() => setColorScheme(value)}
    >
      {label}
    </Menu.Item>
  ));
}
