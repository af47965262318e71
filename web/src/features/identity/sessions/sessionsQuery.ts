/** Where the person is signed in, as cached. */

import { api } from "@/lib/api/client";

export const sessionsQuery = api.queryOptions("get", "/me/sessions");
