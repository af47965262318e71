/** The left side on screens wider than a phone. Icons only when narrow. */

import { useLingui } from "@lingui/react/macro";
import { Kbd, UnstyledButton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { Keyboard, type LucideIcon, PanelLeftClose, PanelLeftOpen, Search } from "lucide-react";

import { AccountDots } from "@/features/accounts/AccountDots";
import { useUnreadCount } from "@/features/notifications/unread";
import { WorkspaceSwitcher } from "@/features/workspaces/WorkspaceSwitcher";
import { keyNames } from "@/lib/keyNames";
import { useWorkspace } from "@/lib/session";

import { bellPlace, furtherPlaces, mainPlaces } from "./navigation";
import classes from "./Sidebar.module.css";
import { UserMenu } from "./UserMenu";

interface Props {
  isNarrow: boolean;
  onToggle: () => void;
  onSearch: () => void;
  onShortcuts: () => void;
}

export function Sidebar({ isNarrow: isClosed, onToggle, onSearch, onShortcuts }: Props) {
  const { t } = useLingui();
  const isTablet = useMediaQuery("(max-width: 1023px)", false, { getInitialValueInEffect: false });
  const isNarrow = isClosed || isTablet;
  return (
    <div className={classes.sidebar} data-narrow={isNarrow}>
      <WorkspaceSwitcher isNarrow={isNarrow} />
      <SideButton icon={Search} label={t`Search`} keys="$mod+k" isNarrow={isNarrow} onClick={onSearch} />
      <MainLinks isNarrow={isNarrow} />
      <BellLink isNarrow={isNarrow} />
      <AccountDots isNarrow={isNarrow} />
      <div className={classes.space} />
      {!isTablet && (
        <SideButton
          icon={isNarrow ? PanelLeftOpen : PanelLeftClose}
          label={isNarrow ? t`Widen sidebar` : t`Narrow sidebar`}
          keys="["
          isNarrow={isNarrow}
          onClick={onToggle}
        />
      )}
      <SideButton
        icon={Keyboard}
        label={t`Shortcuts`}
        keys="Shift+?"
        isNarrow={isNarrow}
        onClick={onShortcuts}
      />
      <UserMenu isNarrow={isNarrow} />
    </div>
  );
}

function MainLinks({ isNarrow }: { isNarrow: boolean }) {
  const { t, i18n } = useLingui();
  const workspace = useWorkspace();
  return (
    <nav aria-label={t`Main`} className={classes.links}>
      {[...mainPlaces, ...furtherPlaces].map(({ to, label, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          params={{ ws: workspace.id }}
          className={classes.item}
          title={isNarrow ? i18n._(label) : undefined}
        >
          <Icon size={18} aria-hidden />
          <span className={classes.label}>{i18n._(label)}</span>
        </Link>
      ))}
    </nav>
  );
}

/** The count stands in the name of the link, too: it is news for everybody. */
function BellLink({ isNarrow }: { isNarrow: boolean }) {
  const { t, i18n } = useLingui();
  const workspace = useWorkspace();
  const unread = useUnreadCount();
  const { to, label, icon: Icon } = bellPlace;
  const name = i18n._(label);
  return (
    <Link
      to={to}
      params={{ ws: workspace.id }}
      className={classes.item}
      aria-label={unread === null ? name : t`Notifications, ${unread} unread`}
      title={isNarrow ? name : undefined}
    >
      <Icon size={18} aria-hidden />
      <span className={classes.label}>{name}</span>
      {unread !== null && <span className={classes.count}>{unread}</span>}
    </Link>
  );
}

interface SideButtonProps {
  icon: LucideIcon;
  label: string;
  keys: string;
  isNarrow: boolean;
  onClick: () => void;
}

function SideButton({ icon: Icon, label, keys, isNarrow, onClick }: SideButtonProps) {
  return (
    <UnstyledButton className={classes.item} onClick={onClick} title={isNarrow ? label : undefined}>
      <Icon size={18} aria-hidden />
      <span className={classes.label}>{label}</span>
      <span className={classes.keys} aria-hidden="true">
        {keyNames(keys).map((key) => (
          <Kbd key={key} size="xs">
            {key}
          </Kbd>
        ))}
      </span>
    </UnstyledButton>
  );
}
