/** The session is over: forget everything this tab knows, and say why on the sign-in page. */

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import type { SignInNotice } from "@/features/identity/signInNotices";
import { forgetRows } from "@/lib/kept/leave";

export function useLeave(): (notice: SignInNotice) => Promise<void> {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return async (notice) => {
    await navigate({ to: "/sign-in", search: { notice } });
    queryClient.clear();
    forgetRows();
  };
}
