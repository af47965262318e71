/** How a ticket stands towards its promise, in words and colour; it ticks by itself. */

import { i18n } from "@lingui/core";
import { useLingui } from "@lingui/react/macro";
import type { Ticket } from "@/lib/api/types";
import { useHalfMinuteMs, useNowMs } from "@/lib/clock";
import { exactTime } from "@/lib/time";
import { isClose, span, standingAt } from "./sla";
import classes from "./Tickets.module.css";
import { slaStates } from "./words";

type Sla = Ticket["sla"];

/** Every half minute, and every second while seconds matter. */
export function SlaBadge({ sla }: { sla: Sla }) {
  return isClose(sla, useHalfMinuteMs()) ? <EverySecond sla={sla} /> : <EveryHalfMinute sla={sla} />;
}

function EverySecond({ sla }: { sla: Sla }) {
  return <Badge sla={sla} nowMs={useNowMs()} />;
}

function EveryHalfMinute({ sla }: { sla: Sla }) {
  return <Badge sla={sla} nowMs={useHalfMinuteMs()} />;
}

function Badge({ sla, nowMs }: { sla: Sla; nowMs: number }) {
  const { t } = useLingui();
  const { state } = standingAt(sla, nowMs);
  const { hue } = slaStates[state];
  const text = useText(sla, nowMs);
  return (
    <span
      className={classes.pill}
      style={{ background: `var(--hue-${hue}-bg)`, color: `var(--hue-${hue}-text)` }}
      title={sla.due_at === null ? undefined : t`Due ${exactTime(sla.due_at)}`}
      data-sla={state}
    >
      {text}
    </span>
  );
}

function useText(sla: Sla, nowMs: number): string {
  const { t } = useLingui();
  const { state, leftMs, isPaused } = standingAt(sla, nowMs);
  const left = leftMs === null ? "" : spoken(leftMs);
  if (isPaused) return t`Paused · ${left} left`;
  if (state === "healthy") return t`Due in ${left}`;
  if (state === "at_risk") return t`At risk · ${left} left`;
  if (state === "breached") return t`Overdue ${left}`;
  return i18n._(slaStates[state].name);
}

/** "3 hr 20 min", in the language of the screen. */
function spoken(ms: number): string {
  return span(ms)
    .map(({ unit, count }) =>
      new Intl.NumberFormat(i18n.locale, { style: "unit", unit, unitDisplay: "short" }).format(count),
    )
    .join(" ");
}
