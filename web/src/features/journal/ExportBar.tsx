/** How far an export has come, and its file when it is there. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Progress } from "@mantine/core";
import { Check, FileDown, TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";

import type { ActivityExport } from "@/lib/api/types";
import { minutesAndSeconds, secondsUntil, useNowMs } from "@/lib/clock";
import { problemText } from "@/lib/problemText";

import classes from "./ExportBar.module.css";
import type { Exporting } from "./useExport";

export function ExportBar({ exporting }: { exporting: Exporting }) {
  const { t } = useLingui();
  const words = <Words exporting={exporting} />;
  if (exporting.current === undefined && !exporting.error) return null;
  return (
    <div className={classes.bar} role="status">
      {words}
      {!exporting.isRunning && (
        <ActionIcon size={28} aria-label={t`Dismiss`} onClick={exporting.dismiss}>
          <X size={16} />
        </ActionIcon>
      )}
    </div>
  );
}

function Words({ exporting }: { exporting: Exporting }): ReactNode {
  const { current, error } = exporting;
  if (error) return <Failed>{problemText(error)}</Failed>;
  if (current === undefined) return null;
  if (current.state === "failed") {
    return (
      <Failed>
        <Trans>The export failed. Nothing in the log was changed; export it again.</Trans>
      </Failed>
    );
  }
  if (current.state === "done") return <Done current={current} onSave={exporting.saveAgain} />;
  return <UnderWay current={current} />;
}

function Failed({ children }: { children: ReactNode }) {
  return (
    <>
      <TriangleAlert size={18} className={classes.bad} aria-hidden />
      <span className={classes.text}>{children}</span>
    </>
  );
}

function UnderWay({ current }: { current: ActivityExport }) {
  const { t } = useLingui();
  return (
    <>
      <FileDown size={18} aria-hidden />
      <span className={classes.count}>
        {current.state === "waiting" ? (
          <Trans>The export begins in a few seconds</Trans>
        ) : (
          <Plural value={current.done} one="Exporting: # entry so far" other="Exporting: # entries so far" />
        )}
      </span>
      <Progress value={current.percent} className={classes.progress} aria-label={t`Export`} animated />
    </>
  );
}

function Done({ current, onSave }: { current: ActivityExport; onSave: () => void }) {
  return (
    <>
      <Check size={18} className={classes.good} aria-hidden />
      <span className={classes.text}>
        <Plural value={current.done} one="# entry is in the file." other="# entries are in the file." />{" "}
        <LinkLife until={current.link_expires_at} />
      </span>
      <Button size="compact-sm" variant="default" onClick={onSave}>
        <Trans>Save again</Trans>
      </Button>
    </>
  );
}

function LinkLife({ until }: { until: string | null }) {
  const nowMs = useNowMs();
  const left = until === null ? 0 : secondsUntil(Date.parse(until), nowMs);
  const clock = minutesAndSeconds(left);
  if (left === 0) return <Trans>Its link has run out; saving again makes a new one.</Trans>;
  return (
    <span className="tabular">
      <Trans>Saving has begun. The link works for {clock}.</Trans>
    </span>
  );
}
