/** The reminder bot at Telegram, as the person stands with it. */

import { api } from "@/lib/api/client";

export const botQuery = api.queryOptions("get", "/me/telegram-bot");
