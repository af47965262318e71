/** With whom the signed-in person can sign in, as cached. */

import { api } from "@/lib/api/client";

export const loginsQuery = api.queryOptions("get", "/me/logins");
