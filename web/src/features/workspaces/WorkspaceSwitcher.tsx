/** The button at the top of the sidebar: which workspace this is, and a menu of the others. */

import { useLingui } from "@lingui/react/macro";
import { Text } from "@mantine/core";
import { ChevronsUpDown } from "lucide-react";

import { menuOnDemand } from "@/components/MenuOnDemand";
import { useWorkspace } from "@/lib/session";

import { useRoleName } from "./roles";
import { WorkspaceLogo } from "./WorkspaceLogo";
import classes from "./WorkspaceSwitcher.module.css";

const SwitcherMenu = menuOnDemand(() => import("./SwitcherMenu"));

export function WorkspaceSwitcher({ isNarrow }: { isNarrow: boolean }) {
  const { t } = useLingui();
  const current = useWorkspace();
  const roleName = useRoleName();
  return (
    <SwitcherMenu className={classes.button ?? ""} aria-label={t`Workspace: ${current.name}`}>
      <WorkspaceLogo name={current.name} url={current.logo_url} />
      {!isNarrow && (
        <>
          <span className={classes.names}>
            <Text component="span" fw={600} truncate>
              {current.name}
            </Text>
            <Text component="span" size="xs" c="dimmed">
              {roleName(current.role)}
            </Text>
          </span>
          <ChevronsUpDown size={16} aria-hidden />
        </>
      )}
    </SwitcherMenu>
  );
}
