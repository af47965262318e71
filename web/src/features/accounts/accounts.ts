/** The Telegram accounts a workspace knows, and how live events change them. */

import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import type { Account, Connection } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";
import { useLiveEvent } from "@/live/LiveProvider";
import type { LiveEvents } from "@/live/types";
import { accountsQuery } from "./accountsQuery";
import { standingKey } from "./standing";

export function useAccounts() {
  const workspace = useWorkspace();
  return useQuery(accountsQuery(workspace.id));
}

/** The signed-in person's own connection to an account, if they have one. */
export function ownConnection(account: Account): Connection | undefined {
  return account.connections.find((each) => each.mine);
}

/** What people call the account: its label, else the name Telegram gave. */
export function accountTitle(account: Account): string {
  return account.label || account.name;
}

/** Whether something is to be said about the account on every page. */
export function needsAttention(account: Account): boolean {
  const state = ownConnection(account)?.state;
  return state === "needs_login" || state === "closed" || account.unknown_sessions > 0;
}

type AccountList = { accounts: Account[] };

/** The list with one connection's news in it; undefined when the list has no such connection. */
export function withConnection(
  list: AccountList,
  { account_id, state, reason, since }: LiveEvents["connection.changed"],
): AccountList | undefined {
  const account = list.accounts.find((each) => each.id === account_id);
  const own = account && ownConnection(account);
  if (account === undefined || own === undefined) return undefined;
  const changed = { ...own, state, reason: reason ?? null, since: since ?? own.since };
  const connections = account.connections.map((each) => (each === own ? changed : each));
  return { accounts: list.accounts.map((each) => (each === account ? { ...account, connections } : each)) };
}

/** Keeps the cached list in step with the socket. Mounted once, in the workspace's frame. */
export function useAccountEvents(): void {
  const workspace = useWorkspace();
  const queryClient = useQueryClient();
  const onChange = useCallback(
    (event: LiveEvents["connection.changed"]) => patchConnection(queryClient, workspace.id, event),
    [queryClient, workspace.id],
  );
  const onJournal = useCallback(
    ({ change }: LiveEvents["change"]) => {
      const isAboutAccounts = change.kind.startsWith("account.") || change.kind.startsWith("connection.");
      if (isAboutAccounts) void queryClient.invalidateQueries(accountsQuery(workspace.id));
    },
    [queryClient, workspace.id],
  );
  const onStanding = useCallback(
    (event: LiveEvents["standing.changed"] | LiveEvents["sessions.changed"]) => {
      if ("state" in event) queryClient.setQueryData(standingKey(event.account_id), event);
      void queryClient.invalidateQueries(accountsQuery(workspace.id));
    },
    [queryClient, workspace.id],
  );
  useLiveEvent("connection.changed", onChange);
  useLiveEvent("standing.changed", onStanding);
  useLiveEvent("sessions.changed", onStanding);
  useLiveEvent("change", onJournal);
}

function patchConnection(
  queryClient: QueryClient,
  workspaceId: string,
  event: LiveEvents["connection.changed"],
) {
  const { queryKey } = accountsQuery(workspaceId);
  const list = queryClient.getQueryData<AccountList>(queryKey);
  const changed = list && withConnection(list, event);
  if (changed === undefined) void queryClient.invalidateQueries({ queryKey });
  else queryClient.setQueryData<AccountList>(queryKey, changed);
}
