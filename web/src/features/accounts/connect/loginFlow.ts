/** The steps of signing in at Telegram, as a pure state machine. */

import type { ApiError } from "@/lib/api/errors";

export type Method = "qr" | "phone";

export interface CodeSent {
  phone: string;
  where: "app" | "sms" | "call";
  length: number;
  resendAtMs: number;
}

export type Step =
  /** Nothing asked of Telegram yet, or a phone number is being typed. */
  | { name: "start" }
  /** A QR code was asked for; `code` is null until the first arrives. */
  | { name: "qr"; code: { url: string; expiresAtMs: number } | null }
  | { name: "code"; sent: CodeSent }
  | { name: "password"; hint: string | null }
  | { name: "done"; accountId: string }
  /** The attempt is over; only a new one helps. */
  | { name: "failed"; problem: ApiError };

export interface Login {
  method: Method;
  isOwned: boolean;
  step: Step;
  /** Why the last entry was refused; the step itself goes on. */
  refusal: ApiError | null;
}

export type LoginEvent =
  | { type: "own"; isOwned: boolean }
  | { type: "choose"; method: Method }
  | { type: "qr asked" }
  | { type: "qr shown"; url: string; expiresAtMs: number }
  | { type: "code sent"; sent: CodeSent }
  | { type: "password needed"; hint: string | null }
  | { type: "done"; accountId: string }
  | { type: "refused"; problem: ApiError }
  | { type: "failed"; problem: ApiError }
  | { type: "start over" };

export const firstStep: Login = { method: "qr", isOwned: false, step: { name: "start" }, refusal: null };

/** What an event makes of the login. A late QR code never takes a person back from a later step. */
export function nextLogin(login: Login, event: LoginEvent): Login {
  const at = (step: Step): Login => ({ ...login, step, refusal: null });
  switch (event.type) {
    case "own":
      return { ...login, isOwned: event.isOwned, step: { name: "start" }, refusal: null };
    case "choose":
      return { ...login, method: event.method, step: { name: "start" }, refusal: null };
    case "qr asked":
      return at({ name: "qr", code: null });
    case "qr shown":
      return login.step.name === "qr"
        ? at({ name: "qr", code: { url: event.url, expiresAtMs: event.expiresAtMs } })
        : login;
    case "code sent":
      return at({ name: "code", sent: event.sent });
    case "password needed":
      return at({ name: "password", hint: event.hint });
    case "done":
      return at({ name: "done", accountId: event.accountId });
    case "refused":
      return { ...login, refusal: event.problem };
    case "failed":
      return login.step.name === "done" ? login : at({ name: "failed", problem: event.problem });
    case "start over":
      return at({ name: "start" });
  }
}

/** True while Telegram waits for us, so that leaving must cancel. */
export function isUnderWay({ step }: Login): boolean {
  return step.name === "qr" || step.name === "code" || step.name === "password";
}
