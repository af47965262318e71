/** One error for everything that can come back from the API or the socket. */

import type { Problem } from "./types";

interface Facts {
  status: number;
  code: string;
  title: string;
  detail: string;
  requestId?: string | undefined;
  retryAfterS?: number | undefined;
  fields?: Record<string, string>;
  standing?: unknown;
}

/**
 * A refused or failed request.
 *
 * `status` is 0 when no answer came; `code` is the problem's stable code, or `offline`, `unreadable`.
 * `fields` maps the body's field names to the reason each was refused.
 */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string | undefined;
  readonly retryAfterS: number | undefined;
  /** When asking again makes sense, by this machine's clock. */
  readonly retryAtMs: number | undefined;
  readonly fields: Record<string, string>;
  /** What stands in the way, in the shape its `code` has. */
  readonly standing: unknown;

  constructor(facts: Facts) {
    super(`${facts.code}: ${facts.title}`);
    this.status = facts.status;
    this.code = facts.code;
    this.title = facts.title;
    this.detail = facts.detail;
    this.requestId = facts.requestId;
    this.retryAfterS = facts.retryAfterS;
    this.retryAtMs = facts.retryAfterS === undefined ? undefined : Date.now() + facts.retryAfterS * 1000;
    this.fields = facts.fields ?? {};
    this.standing = facts.standing;
  }
}

/** `/profile/full_name` names the field `full_name`; an empty pointer names the whole body. */
function fieldOf(pointer: string): string {
  return pointer.split("/").at(-1)?.replaceAll("~1", "/").replaceAll("~0", "~") ?? "";
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && typeof body.code === "string";
}

/** Turn a response that is not a success into an `ApiError`; a body that is no problem document becomes `unreadable`. */
export async function errorOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const retryAfter = Number(response.headers.get("Retry-After"));
  const retryAfterS = retryAfter > 0 ? retryAfter : undefined;
  if (!isProblem(body)) {
    return new ApiError({ status: response.status, code: "unreadable", title: "", detail: "", retryAfterS });
  }
  return new ApiError({
    status: response.status,
    code: body.code,
    title: body.title,
    detail: body.detail,
    requestId: body.request_id,
    retryAfterS: retryAfterS ?? body.retry_after_s ?? undefined,
    fields: Object.fromEntries((body.errors ?? []).map((each) => [fieldOf(each.pointer), each.detail])),
    standing: body.standing,
  });
}

/** The request never got an answer: no network, or the server is away. */
export function offlineError(): ApiError {
  return new ApiError({ status: 0, code: "offline", title: "", detail: "" });
}

/** True when asking again may help: no answer came, or the server failed. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 500);
}
