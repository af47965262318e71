/** Accept documents in the versions that were shown. */

import { useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api/client";
import { ApiError } from "@/lib/api/errors";
import { meQuery } from "@/lib/session";

import { documentsQuery } from "./documents";

/** Where they changed again meanwhile, the new ones are fetched, to be read and accepted. */
export function useAccept() {
  const queryClient = useQueryClient();
  return api.useMutation("post", "/me/legal", {
    onSuccess: () => queryClient.invalidateQueries(meQuery),
    onError: (error: unknown) => {
      if (!(error instanceof ApiError) || error.code !== "documents-changed") return;
      void queryClient.invalidateQueries({ queryKey: ["get", "/legal/{document_name}"] });
      void queryClient.invalidateQueries(documentsQuery);
    },
  });
}
