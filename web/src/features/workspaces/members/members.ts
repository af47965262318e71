/** The members of one workspace, as cached, what they are called, and the changes people make to them. */

import { useQuery, useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api/client";
import type { Flag, Member, Role } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";

export interface MemberList {
  members: Member[];
}

export function membersQuery(workspaceId: string) {
  return api.queryOptions("get", "/workspaces/{workspace_id}/members", {
    params: { path: { workspace_id: workspaceId } },
  });
}

export function useMembers() {
  return useQuery(membersQuery(useWorkspace().id));
}

/** What teammates call somebody: the alias where there is one. */
export function memberName({ alias, full_name }: Pick<Member, "alias" | "full_name">): string {
  return alias ?? full_name;
}

/** What changes about a member; what is left out stays. An empty alias takes it away. */
export interface MemberChange {
  role?: Role;
  flags?: Flag[];
  alias?: string;
}

/** The list as it will be when the API has taken a change. */
export function withChange(list: MemberList, userId: string, { alias, ...rest }: MemberChange): MemberList {
  const change = alias === undefined ? rest : { ...rest, alias: alias.trim() || null };
  return {
    members: list.members.map((each) => (each.user_id === userId ? { ...each, ...change } : each)),
  };
}

/** Whether the person is the one Owner there is: they can neither leave nor take another role. */
export function isOnlyOwner(members: readonly Member[], userId: string): boolean {
  const owners = members.filter((each) => each.role === "owner");
  return owners.length === 1 && owners[0]?.user_id === userId;
}

/** Shows the change at once, and takes it back when it is refused. */
export function useChangeMember(userId: string) {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  const { queryKey } = membersQuery(workspaceId);
  const mutation = api.useMutation("patch", "/workspaces/{workspace_id}/members/{user_id}", {
    onMutate: async ({ body }) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData<MemberList>(queryKey);
      if (before) client.setQueryData(queryKey, withChange(before, userId, body as MemberChange));
      return before;
    },
    onError: (_error, _variables, before) => client.setQueryData(queryKey, before),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  const params = { path: { workspace_id: workspaceId, user_id: userId } };
  return { ...mutation, change: (body: MemberChange) => mutation.mutateAsync({ params, body }) };
}
