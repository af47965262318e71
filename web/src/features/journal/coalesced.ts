/** Many wishes for the same work, made into few runs of it. */

/**
 * A function that has `work` done after `pauseMs`, however often it is called meanwhile; one run at a time.
 *
 * A wish made while the work runs has it run once more afterwards, so the last wish is always answered.
 */
export function coalesced(work: () => Promise<unknown>, pauseMs: number): () => void {
  let state: "idle" | "waiting" | "running" | "again" = "idle";
  const run = async () => {
    state = "running";
    await work();
    const isWanted = (state as string) === "again";
    state = "idle";
    if (isWanted) wish();
  };
  const wish = () => {
    if (state === "running") state = "again";
    if (state !== "idle") return;
    state = "waiting";
    setTimeout(() => void run(), pauseMs);
  };
  return wish;
}
