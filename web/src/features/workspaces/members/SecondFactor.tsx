/** Whether a member signs in with two steps, for those who may know. */

import { Trans } from "@lingui/react/macro";
import { ShieldCheck, ShieldOff } from "lucide-react";

import classes from "./MembersSettings.module.css";

export function SecondFactor({ has }: { has: boolean | null }) {
  if (has === null) return null;
  return (
    <span className={classes.factor} data-on={has}>
      {has ? <ShieldCheck size={16} aria-hidden /> : <ShieldOff size={16} aria-hidden />}
      {has ? <Trans>On</Trans> : <Trans>Off</Trans>}
    </span>
  );
}
