/** The navigation of phones, under the thumb. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Ellipsis } from "lucide-react";

import { menuOnDemand } from "@/components/MenuOnDemand";
import { useWorkspace } from "@/lib/session";

import classes from "./BottomBar.module.css";
import { phonePlaces } from "./navigation";

const MoreMenu = menuOnDemand(() => import("./MoreMenu"));

export function BottomBar() {
  const { t, i18n } = useLingui();
  const workspace = useWorkspace();
  return (
    <nav aria-label={t`Main`} className={classes.bar}>
      {phonePlaces.map(({ to, label, icon: Icon }) => (
        <Link key={to} to={to} params={{ ws: workspace.id }} className={classes.item}>
          <Icon size={20} aria-hidden />
          {i18n._(label)}
        </Link>
      ))}
      <MoreMenu className={classes.item ?? ""}>
        <Ellipsis size={20} aria-hidden />
        <Trans>More</Trans>
      </MoreMenu>
    </nav>
  );
}
