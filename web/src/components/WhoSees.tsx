/** Says who can see what stands below: always in words, never by a colour alone. */

import { Trans } from "@lingui/react/macro";
import { Lock, Users } from "lucide-react";
import type { ReactNode } from "react";
import classes from "./WhoSees.module.css";

interface WhoSeesProps {
  who: "workspace" | "some";
  /** Who they are, where it is not everybody in the workspace. */
  children?: ReactNode;
}

export function WhoSees({ who, children }: WhoSeesProps) {
  const Icon = who === "workspace" ? Users : Lock;
  return (
    <p className={classes.line}>
      <Icon size={14} aria-hidden />
      <span>{children ?? <Trans>Everyone in this workspace sees this</Trans>}</span>
    </p>
  );
}
