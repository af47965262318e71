/** One file's way into the bucket: by one form, kept while it is good, so that it takes one of the member's places. */

import { t } from "@lingui/core/macro";
import { ApiError } from "@/lib/api/errors";
import { postFile } from "@/lib/upload";
import type { Live, LiveRequests } from "@/live/types";
import { kindOf, mimeOf, type Picked } from "./picked";

/** Forms are good for five minutes; an upload must begin within them. */
const GOOD_MS = 4 * 60_000;
/** So often an upload that breaks is begun anew while we can be reached. */
export const TRIES = 10;

export class Berth {
  readonly #live: Live;
  #form: LiveRequests["media.upload"]["out"] | null = null;
  #goodUntil = 0;
  #failures = 0;
  #isUp = false;

  constructor(live: Live) {
    this.#live = live;
  }

  /** What the file is named by once it is up. */
  get uploadId(): string | null {
    return this.#form?.upload_id ?? null;
  }

  /**
   * Puts the file up, unless it is. `tell` hears from 0 to 1 how much of it is up.
   *
   * Rejects with an `ApiError`: status 0 when it may be tried again, the gateway's own refusal of a form,
   * `upload-refused` by the bucket, `file-gone` when it can't be read, `not-uploaded` after TRIES.
   */
  async putUp(picked: Picked, tell: (part: number) => void, signal: AbortSignal): Promise<void> {
    if (this.#isUp) return;
    const form = await this.#askForm(picked);
    signal.throwIfAborted();
    try {
      await postFile(form, picked.file, tell, signal);
    } catch (error) {
      throw signal.aborted ? error : await this.#reasonOf(error, picked.file);
    }
    signal.throwIfAborted();
    this.#isUp = true;
  }

  /** Gives the file's place back; whatever is up is removed. */
  clear(): void {
    const uploadId = this.uploadId;
    this.#form = null;
    this.#isUp = false;
    this.#failures = 0;
    if (uploadId) void this.#live.request("media.discard", { upload_ids: [uploadId] }).catch(() => undefined);
  }

  async #askForm(picked: Picked): Promise<LiveRequests["media.upload"]["out"]> {
    if (this.#form && Date.now() < this.#goodUntil) return this.#form;
    const failures = this.#failures;
    this.clear();
    this.#failures = failures;
    this.#form = await this.#live.request("media.upload", {
      kind: kindOf(picked),
      mime: mimeOf(picked.file),
      size: picked.file.size,
    });
    this.#goodUntil = Date.now() + GOOD_MS;
    return this.#form;
  }

  /** A browser says the same of a lost network and of a file it can't read. */
  async #reasonOf(error: unknown, file: File): Promise<unknown> {
    if (!(error instanceof ApiError) || error.status !== 0) {
      this.clear();
      return error;
    }
    if (!(await isReadable(file))) {
      this.clear();
      return ours("file-gone", t`This file can't be read any more. Attach it again.`);
    }
    if (this.#live.status === "open") this.#failures += 1;
    if (this.#failures < TRIES) return error;
    this.clear();
    return ours("not-uploaded", t`The file could not be uploaded. Check your network and try again.`);
  }
}

async function isReadable(file: File): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function ours(code: string, detail: string): ApiError {
  return new ApiError({ status: 400, code, title: "", detail });
}
