/** The templates a person may use: reading them, and what people do with them. */

import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, http } from "@/lib/api/client";
import type { Template, TemplateDraft } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";
import { useLive } from "@/live/LiveProvider";

/** All templates by their beginnings, and all folders; read again whenever a screen or the picker begins to show them. */
export function templatesQuery(workspaceId: string) {
  const path = { workspace_id: workspaceId };
  return api.queryOptions("get", "/workspaces/{workspace_id}/templates", { params: { path } });
}

/** One template whole. A list names its version: a text that was read once is read again only when there is a newer one. */
export function templateQuery(workspaceId: string, id: string, version: number) {
  return queryOptions({
    queryKey: ["template", workspaceId, id, version],
    queryFn: () => fetchTemplate(workspaceId, id),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function fetchTemplate(workspaceId: string, id: string): Promise<Template> {
  const { data } = await http.GET("/workspaces/{workspace_id}/templates/{template_id}", {
    params: { path: { workspace_id: workspaceId, template_id: id } },
  });
  if (!data) throw new TypeError("The answer holds no template.");
  return data;
}

export function useTemplates() {
  return useQuery(templatesQuery(useWorkspace().id));
}

/** Keeps the list in step with what others do, and reads it again where nobody knows what was missed. */
export function useTemplateNews(): void {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  const live = useLive();
  useEffect(() => {
    const refresh = () => void readAgain(client, workspaceId);
    const ends = [
      live.on("change", ({ change }) => {
        if (change.kind.startsWith("template")) refresh();
      }),
      live.onBehind(refresh),
      live.onSettled(refresh),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [live, client, workspaceId]);
}

/** Makes a template, or puts it in place of the one that was opened. */
export function useSaveTemplate() {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  return useChange(async ({ draft, opened }: { draft: TemplateDraft; opened: Template | undefined }) => {
    const path = { workspace_id: workspaceId };
    const { data } = opened
      ? await http.PUT("/workspaces/{workspace_id}/templates/{template_id}", {
          params: { path: { ...path, template_id: opened.id } },
          body: { ...draft, version: opened.version },
        })
      : await http.POST("/workspaces/{workspace_id}/templates", { params: { path }, body: draft });
    if (!data) throw new TypeError("The answer holds no template.");
    client.setQueryData(templateQuery(workspaceId, data.id, data.version).queryKey, data);
    return data;
  });
}

export function useDeleteTemplate() {
  const workspaceId = useWorkspace().id;
  return useChange((id: string) =>
    http.DELETE("/workspaces/{workspace_id}/templates/{template_id}", {
      params: { path: { workspace_id: workspaceId, template_id: id } },
    }),
  );
}

export function useRestoreTemplate() {
  const workspaceId = useWorkspace().id;
  return useChange((id: string) =>
    http.POST("/workspaces/{workspace_id}/templates/{template_id}/restoration", {
      params: { path: { workspace_id: workspaceId, template_id: id } },
    }),
  );
}

export function useCreateFolder() {
  const workspaceId = useWorkspace().id;
  return useChange((body: { name: string; is_shared: boolean }) =>
    http.POST("/workspaces/{workspace_id}/template-folders", {
      params: { path: { workspace_id: workspaceId } },
      body,
    }),
  );
}

export function useRenameFolder() {
  const workspaceId = useWorkspace().id;
  return useChange(({ id, ...body }: { id: string; name: string; version: number }) =>
    http.PATCH("/workspaces/{workspace_id}/template-folders/{folder_id}", {
      params: { path: { workspace_id: workspaceId, folder_id: id } },
      body,
    }),
  );
}

export function useDeleteFolder() {
  const workspaceId = useWorkspace().id;
  return useChange((id: string) =>
    http.DELETE("/workspaces/{workspace_id}/template-folders/{folder_id}", {
      params: { path: { workspace_id: workspaceId, folder_id: id } },
    }),
  );
}

function useChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => readAgain(client, workspaceId) });
}

function readAgain(client: QueryClient, workspaceId: string): Promise<void> {
  return client.invalidateQueries({ queryKey: templatesQuery(workspaceId).queryKey });
}
