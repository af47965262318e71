/** Exports the chats somebody selected, and leads to where the zip is fetched. Only for those who may. */

import { plural, t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { minutesAndSeconds } from "@/lib/clock";
import { notifyChoice, notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { MOST_SELECTED } from "@/lib/selections";
import { useCan, useWorkspace } from "@/lib/session";
import { secondsToWait, useAsk } from "./exports";

export function ExportChatsButton({ chatIds }: { chatIds: ReadonlySet<string> }) {
  const ask = useAsk();
  const show = useWayToExports();
  const mayExport = useCan("data.export");
  if (!mayExport) return null;
  const start = async () => {
    if (chatIds.size > MOST_SELECTED) return notifyProblem(tooMany());
    // Said even where nothing is selected any more, and this button is gone.
    try {
      await ask.mutateAsync([...chatIds]);
      notifyBegun(chatIds.size, show);
    } catch (error) {
      notifyProblem(refusal(error));
    }
  };
  return (
    <Button size="compact-sm" variant="default" loading={ask.isPending} onClick={start}>
      <Trans>Export</Trans>
    </Button>
  );
}

function useWayToExports(): () => void {
  const navigate = useNavigate();
  const ws = useWorkspace().id;
  return () => void navigate({ to: "/w/$ws/settings/export", params: { ws } });
}

function notifyBegun(count: number, show: () => void): void {
  const said = plural(count, {
    one: "The export of # chat has begun.",
    other: "The export of # chats has begun.",
  });
  notifyChoice(said, show, <Trans>Show</Trans>);
}

function tooMany(): string {
  return t`At most 1,000 chats are exported at once. Select fewer, or export everything in the settings.`;
}

/** Others of the workspace ask, too: who comes too soon is told until when. */
function refusal(error: unknown): string {
  const waitS = secondsToWait(error);
  if (waitS === undefined) return problemText(error);
  const clock = minutesAndSeconds(waitS);
  return t`The workspace exports once a minute. Export again in ${clock}.`;
}
