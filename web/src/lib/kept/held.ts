/** The keys of the rows this browser keeps, held in the memory of a worker over a reload, and nowhere else. */

export interface HeldKey {
  userId: string;
  workspaceId: string;
  key: string;
}

/** A worker that does not answer holds nothing: it is one that was begun just now. */
const ANSWERS_WITHIN_MS = 1_000;

let worker: SharedWorker | undefined;

/** Undefined where the browser has no such workers. */
function port(): MessagePort | undefined {
  if (typeof SharedWorker === "undefined") return undefined;
  worker ??= new SharedWorker(new URL("./holder.ts", import.meta.url), {
    type: "module",
    extendedLifetime: true,
  } as WorkerOptions);
  return worker.port;
}

export function holdKey(key: HeldKey): void {
  port()?.postMessage({ hold: key });
}

export function dropKeys(): void {
  port()?.postMessage({ drop: true });
}

export async function heldKey(workspaceId: string): Promise<HeldKey | undefined> {
  const asked = port();
  if (!asked) return undefined;
  return new Promise((settle) => {
    const late = setTimeout(() => settle(undefined), ANSWERS_WITHIN_MS);
    asked.onmessage = ({ data }: MessageEvent<HeldKey | null>) => {
      clearTimeout(late);
      settle(data ?? undefined);
    };
    asked.postMessage({ give: workspaceId });
  });
}
