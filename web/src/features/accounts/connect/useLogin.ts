/** Signing in at Telegram over the live socket. Codes and passwords pass through and are kept nowhere. */

import { useCallback, useEffect, useReducer, useRef } from "react";

import { ApiError } from "@/lib/api/errors";
import { useLive } from "@/live/LiveProvider";
import type { Live, LiveProblem, LiveRequests } from "@/live/types";

import { firstStep, isUnderWay, type Login, type LoginEvent, type Method, nextLogin } from "./loginFlow";

type Dispatch = (event: LoginEvent) => void;

const RESEND_AFTER_S = 60;

export interface LoginActions {
  own: (isOwned: boolean) => void;
  choose: (method: Method) => void;
  startOver: () => void;
  sendPhone: (phone: string) => Promise<void>;
  sendCode: (code: string) => Promise<void>;
  sendPassword: (password: string) => Promise<void>;
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  throw error;
}

/** The gateway's problem as the error every other part of the app knows. */
function ofProblem({ status, code, title, detail, retry_after_s }: LiveProblem): ApiError {
  return new ApiError({ status, code, title, detail: detail ?? "", retryAfterS: retry_after_s ?? undefined });
}

/** One attempt. Leaving the component cancels it at Telegram. */
export function useLogin(): [Login, LoginActions] {
  const live = useLive();
  const [login, dispatch] = useReducer(nextLogin, firstStep);
  useLoginEvents(live, login, dispatch);
  useQrStart(live, login, dispatch);
  useCancelOnLeave(live, login);
  return [login, useActions(live, login, dispatch)];
}

function useLoginEvents(live: Live, login: Login, dispatch: Dispatch): void {
  const latest = useRef(login);
  latest.current = login;
  useEffect(() => {
    let welcomes = 0;
    const ends = [
      live.on("login.qr", (event) =>
        dispatch({ type: "qr shown", url: event.url, expiresAtMs: Date.parse(event.expires_at) }),
      ),
      live.on("login.password_needed", ({ hint }) =>
        dispatch({ type: "password needed", hint: hint ?? null }),
      ),
      live.on("login.done", (event) => dispatch({ type: "done", accountId: event.account_id })),
      live.on("login.failed", (event) => dispatch({ type: "failed", problem: ofProblem(event.problem) })),
      live.onWelcome(() => {
        welcomes += 1;
        // The gateway keeps an attempt only as long as its socket.
        if (welcomes > 1 && isUnderWay(latest.current)) dispatch({ type: "start over" });
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [live, dispatch]);
}

/** A QR code is shown at once: as soon as the person said that the account is theirs. */
function useQrStart(live: Live, { method, isOwned, step }: Login, dispatch: Dispatch): void {
  const isDue = method === "qr" && isOwned && step.name === "start";
  useEffect(() => {
    if (!isDue) return;
    dispatch({ type: "qr asked" });
    live
      .request("login.qr", { owned: true })
      .catch((error) => dispatch({ type: "failed", problem: asApiError(error) }));
  }, [isDue, live, dispatch]);
}

function useCancelOnLeave(live: Live, login: Login): void {
  const isOpen = useRef(false);
  isOpen.current = isUnderWay(login);
  useEffect(() => {
    return () => {
      if (isOpen.current) cancel(live);
    };
  }, [live]);
}

/** Best effort: the gateway drops an attempt by itself when nobody goes on with it. */
function cancel(live: Live): void {
  live.request("login.cancel", {}).catch(() => undefined);
}

function useActions(live: Live, login: Login, dispatch: Dispatch): LoginActions {
  const isOpen = isUnderWay(login);
  const leave = useCallback(
    (event: LoginEvent) => {
      if (isOpen) cancel(live);
      dispatch(event);
    },
    [isOpen, live, dispatch],
  );
  const entering = async (work: () => Promise<LoginEvent>) => {
    try {
      dispatch(await work());
    } catch (error) {
      dispatch({ type: "refused", problem: asApiError(error) });
    }
  };
  return {
    own: (isOwned) => leave({ type: "own", isOwned }),
    choose: (method) => leave({ type: "choose", method }),
    startOver: () => leave({ type: "start over" }),
    sendPhone: (phone) =>
      entering(async () => codeSent(phone, await live.request("login.phone", { phone, owned: true }))),
    sendCode: (code) => entering(async () => afterCode(await live.request("login.code", { code }))),
    sendPassword: (password) =>
      entering(async () => afterCode(await live.request("login.password", { password }))),
  };
}

function codeSent(phone: string, answer: LiveRequests["login.phone"]["out"]): LoginEvent {
  const resendAtMs = Date.now() + (answer.resend_after_s ?? RESEND_AFTER_S) * 1000;
  return { type: "code sent", sent: { phone, where: answer.where, length: answer.length, resendAtMs } };
}

function afterCode(answer: LiveRequests["login.code"]["out"]): LoginEvent {
  return answer.state === "done"
    ? { type: "done", accountId: answer.account_id }
    : { type: "password needed", hint: answer.hint };
}
