/** Whom people can sign in with here, as cached. It changes with a deployment. */

import { api } from "@/lib/api/client";

export const providersQuery = api.queryOptions("get", "/sign-in/providers", undefined, {
  staleTime: Number.POSITIVE_INFINITY,
  // The form with e-mail and password must not wait for a second try.
  retry: false,
});
