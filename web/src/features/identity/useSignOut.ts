/** End the session and forget everything this tab knows. */

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { api } from "@/lib/api/client";
import { forgetRows } from "@/lib/kept/leave";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";

export function useSignOut(): () => void {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const signOut = api.useMutation("post", "/sign-out", {
    onSuccess: async () => {
      await navigate({ to: "/sign-in" });
      forgetRows();
      queryClient.clear();
    },
    onError: (error) => notifyProblem(problemText(error)),
  });
  return () => signOut.mutate({});
}
