/** What follows an accepted sign-in: the app, or the question for the second factor. */

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouter } from "@tanstack/react-router";

import type { SignInAnswer } from "@/lib/api/types";
import { meQuery } from "@/lib/session";

import { safeNext } from "./safeNext";

/** Gives what to call with the answer, and with the path the person wanted to. */
export function useEnter(): (answer: Pick<SignInAnswer, "me">, next: string | undefined) => void {
  const queryClient = useQueryClient();
  const router = useRouter();
  const navigate = useNavigate();
  return ({ me }, next) => {
    if (me === null) {
      void navigate({ to: "/sign-in/verify", search: next === undefined ? {} : { next } });
      return;
    }
    queryClient.clear();
    queryClient.setQueryData(meQuery.queryKey, me);
    router.history.push(safeNext(next));
  };
}
