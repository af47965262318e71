/** The saved views of a workspace: reading them, and what people do to them. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { http } from "@/lib/api/client";
import type { View } from "@/lib/api/types";
import { useCan, useMe } from "@/lib/session";
import { viewsQuery } from "./viewsQuery";

export type Icon = NonNullable<View["icon"]>;

/** Shared views and one's own, in the order of their tabs. */
export function useViews(workspaceId: string) {
  return useQuery(viewsQuery(workspaceId));
}

/** Whether the person may change this view; a copy of it they can always make, if they may save views at all. */
export function useMayChange(view: View | undefined): boolean {
  const me = useMe().user.id;
  const mayEdit = useCan("values.edit");
  const mayManage = useCan("settings.change");
  return mayEdit && view !== undefined && (!view.is_shared || view.owner_id === me || mayManage);
}

type ViewList = NonNullable<ReturnType<typeof useViews>["data"]>;

export interface NewView {
  name: string;
  icon: Icon | null;
  is_shared: boolean;
  content: View["content"];
}

export interface ViewChange {
  view: View;
  change: Partial<Pick<View, "name" | "icon" | "is_shared" | "position" | "content">>;
}

export function useCreateView(workspaceId: string) {
  return useViewsMutation(workspaceId, (body: NewView) =>
    http.POST("/workspaces/{workspace_id}/views", {
      params: { path: { workspace_id: workspaceId }, header: { "Idempotency-Key": crypto.randomUUID() } },
      body,
    }),
  );
}

/** Shows at once; where it is refused the list is as it was. */
export function useChangeView(workspaceId: string) {
  const change = ({ view, change }: ViewChange) =>
    http.PATCH("/workspaces/{workspace_id}/views/{view_id}", {
      params: { path: { workspace_id: workspaceId, view_id: view.id } },
      body: { version: view.version, ...change },
    });
  return useViewsMutation(workspaceId, change, (list, { view, change }) => ({
    ...list,
    views: list.views
      .map((each) => (each.id === view.id ? { ...each, ...change } : each))
      .toSorted((a, b) => a.position - b.position),
  }));
}

export function useDeleteView(workspaceId: string) {
  return useViewsMutation(workspaceId, (viewId: string) =>
    http.DELETE("/workspaces/{workspace_id}/views/{view_id}", {
      params: { path: { workspace_id: workspaceId, view_id: viewId } },
    }),
  );
}

/** Say which view the person's own table opens with; null: all rows. */
export function useSetDefaultView(workspaceId: string) {
  return useViewsMutation(workspaceId, (viewId: string | null) =>
    http.PUT("/workspaces/{workspace_id}/default-view", {
      params: { path: { workspace_id: workspaceId } },
      body: { view_id: viewId },
    }),
  );
}

/** `expected` is how the list will be: shown until the server answers. */
function useViewsMutation<Input, Result>(
  workspaceId: string,
  act: (input: Input) => Promise<{ data?: Result }>,
  expected?: (list: ViewList, input: Input) => ViewList,
) {
  const client = useQueryClient();
  const { queryKey } = viewsQuery(workspaceId);
  return useMutation({
    mutationFn: async (input: Input) => (await act(input)).data,
    onMutate: async (input: Input) => {
      if (!expected) return;
      await client.cancelQueries({ queryKey });
      client.setQueryData<ViewList>(queryKey, (list) => list && expected(list, input));
    },
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
}
