/** The button of the signed-in person at the foot of the sidebar. */

import { useLingui } from "@lingui/react/macro";

import { Initials } from "@/components/Initials";
import { menuOnDemand } from "@/components/MenuOnDemand";
import { useMe } from "@/lib/session";

import classes from "./Sidebar.module.css";

const PersonMenu = menuOnDemand(() => import("./PersonMenu"));

export function UserMenu({ isNarrow }: { isNarrow: boolean }) {
  const { t } = useLingui();
  const { user } = useMe();
  return (
    <PersonMenu className={classes.item ?? ""} aria-label={t`Your menu, ${user.full_name}`}>
      <Initials name={user.full_name} size={24} />
      {!isNarrow && <span className={classes.label}>{user.full_name}</span>}
    </PersonMenu>
  );
}
