/** The one cache of server data. */

import { QueryClient } from "@tanstack/react-query";

import { isPassing } from "./api/errors";

const MAX_RETRIES = 2;

/** Reads are tried again when that may help; writes never are. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => isPassing(error) && failures < MAX_RETRIES,
      },
      mutations: { retry: false },
    },
  });
}
