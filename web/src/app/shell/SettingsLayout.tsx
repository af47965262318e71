/** The settings: a list of pages at the side, one page beside it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Link, Outlet } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { PageHeader } from "@/components/PageHeader";
import { useWorkspace } from "@/lib/session";

import classes from "./SettingsLayout.module.css";
import { personalPlaces, workspacePlaces } from "./settingsPlaces";

export function SettingsLayout() {
  const { t } = useLingui();
  return (
    <>
      <PageHeader title={<Trans>Settings</Trans>} />
      <div className={classes.body}>
        <nav aria-label={t`Settings`} className={classes.nav}>
          <Group title={<Trans>You</Trans>} places={personalPlaces} />
          <Group title={<Trans>Workspace</Trans>} places={workspacePlaces} />
        </nav>
        <div className={classes.page}>
          <Outlet />
        </div>
      </div>
    </>
  );
}

type Places = typeof personalPlaces | typeof workspacePlaces;

function Group({ title, places }: { title: ReactNode; places: Places }) {
  const { i18n } = useLingui();
  const workspace = useWorkspace();
  return (
    <div className={classes.group}>
      <span className={classes.heading}>{title}</span>
      {places.map(({ to, label, icon: Icon }) => (
        <Link key={to} to={to} params={{ ws: workspace.id }} className={classes.link}>
          <Icon size={16} aria-hidden />
          {i18n._(label)}
        </Link>
      ))}
    </div>
  );
}
