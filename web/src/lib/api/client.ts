/** The typed door to the HTTP API. Screens use `api.useQuery` and `api.useMutation`; code outside React uses `http`. */

import createClient, { type Middleware } from "openapi-fetch";
import createHooks from "openapi-react-query";

import { errorOf, offlineError } from "./errors";
import type { paths } from "./schema";

let signedOut = () => {};

/** Say what happens when any answer shows that the session is over (401). One listener: the router. */
export function onSignedOut(listener: () => void): void {
  signedOut = listener;
}

const problemsAsErrors: Middleware = {
  async onResponse({ response }) {
    if (response.status === 401) signedOut();
    if (!response.ok) throw await errorOf(response);
    return response;
  },
  onError({ error }) {
    const wasCancelled = error instanceof DOMException && error.name === "AbortError";
    return wasCancelled ? error : offlineError();
  },
};

/** Plain calls; every refusal is thrown as an `ApiError`. */
export const http = createClient<paths>({ baseUrl: "/api", credentials: "same-origin" });
http.use(problemsAsErrors);

/** The same calls as TanStack Query hooks; cache keys are `[verb, path, params]`. */
export const api = createHooks(http);
