/** One export: how far it has come, and its zip when it is there. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Progress } from "@mantine/core";
import { Archive, Check, Download, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

import type { DataExport } from "@/lib/api/types";
import { useMinuteMs } from "@/lib/clock";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { sizeText } from "@/lib/sizes";
import { exactTime, Moment } from "@/lib/time";

import classes from "./Exports.module.css";
import { isUnderWay, linesOf, useSaving } from "./exports";
import { fileNames } from "./words";

export function ExportRow({ shown }: { shown: DataExport }) {
  const { t } = useLingui();
  const at = exactTime(shown.asked_at);
  return (
    <li className={classes.row}>
      <StateIcon state={shown.state} />
      <div className={classes.words}>
        <span className={classes.title}>
          <Title selected={shown.selected} at={at} />
        </span>
        <div className={classes.note}>
          <span role="status">
            <StateWords shown={shown} />
          </span>
          <Figures shown={shown} />
        </div>
        {isUnderWay(shown) && <Progress value={shown.percent} aria-label={t`Export`} animated />}
      </div>
      {shown.state === "done" && <DownloadButton exportId={shown.id} at={at} />}
    </li>
  );
}

function Title({ selected, at }: { selected: number | null; at: string }): ReactNode {
  if (selected === null) return <Trans>Export of {at}</Trans>;
  return <Plural value={selected} one={`Export of # chat, ${at}`} other={`Export of # chats, ${at}`} />;
}

function StateIcon({ state }: { state: DataExport["state"] }) {
  if (state === "done") return <Check size={18} className={classes.good} aria-hidden />;
  if (state === "failed") return <TriangleAlert size={18} className={classes.bad} aria-hidden />;
  return <Archive size={18} aria-hidden />;
}

/** Read out as it changes; figures, which change every second, are not. */
function StateWords({ shown: { state, file } }: { shown: DataExport }): ReactNode {
  const { i18n } = useLingui();
  if (state === "done") return <Trans>Ready</Trans>;
  if (state === "failed")
    return <Trans>The export failed. Nothing in the workspace was changed; export again.</Trans>;
  if (state === "waiting" || file === null) return <Trans>The export begins in a few seconds</Trans>;
  return i18n._(fileNames[file]);
}

function Figures({ shown }: { shown: DataExport }): ReactNode {
  const nowMs = useMinuteMs();
  const lines = linesOf(shown);
  if (shown.state === "running")
    return (
      <>
        {" · "}
        <Plural value={lines} one="# line so far" other="# lines so far" />
      </>
    );
  if (shown.state !== "done") return null;
  return (
    <>
      {" · "}
      <Plural value={lines} one="# line" other="# lines" /> · {sizeText(shown.size)} ·{" "}
      <Trans>
        removed <Moment at={shown.removed_at} nowMs={nowMs} />
      </Trans>
    </>
  );
}

function DownloadButton({ exportId, at }: { exportId: string; at: string }) {
  const { t } = useLingui();
  const saving = useSaving();
  return (
    <Button
      variant="default"
      leftSection={<Download size={16} aria-hidden />}
      loading={saving.isPending}
      aria-label={t`Download the export of ${at}`}
      onClick={() => saving.mutate(exportId, { onError: (error) => notifyProblem(problemText(error)) })}
    >
      <Trans>Download</Trans>
    </Button>
  );
}
