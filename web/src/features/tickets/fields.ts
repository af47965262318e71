/** The workspace's own fields of tickets: reading them, and the changes people make to them. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { hasOptions, type OptionDraft, type ReadableColumn, useReadable } from "@/features/fields/columns";
import { api, http } from "@/lib/api/client";
import type { Column, TicketField } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";

export function ticketFieldsQuery(workspaceId: string) {
  const path = { workspace_id: workspaceId };
  return api.queryOptions("get", "/workspaces/{workspace_id}/ticket-fields", { params: { path } });
}

/** The fields in their order, as the columns that their editors know; none while they are not known. */
export function useTicketFields(): readonly ReadableColumn[] {
  const workspaceId = useWorkspace().id;
  const { data } = useQuery(ticketFieldsQuery(workspaceId));
  const columns = useMemo(() => data?.fields.map(asColumn), [data]);
  return useReadable(workspaceId, columns) ?? NONE;
}

const NONE: readonly ReadableColumn[] = [];

/** A field of tickets is a column that asks for nothing and stands in no conversion. */
function asColumn(field: TicketField): Column {
  return { ...field, ...PLAIN };
}

const PLAIN = {
  description: "",
  required: false,
  reserved: false,
  default: null,
  conversion: null,
  merge: null,
} as const;

interface FieldDraft {
  name: string;
  type: TicketField["type"];
  options: OptionDraft[];
}

/** Makes a field; it stands at the end. */
export function useCreateField() {
  return useFieldChange((workspaceId, { options, ...field }: FieldDraft) =>
    http.POST("/workspaces/{workspace_id}/ticket-fields", {
      params: { path: { workspace_id: workspaceId } },
      body: hasOptions(field) ? { ...field, options } : field,
    }),
  );
}

interface FieldChange {
  id: string;
  /** The version that was edited; someone else's newer one is not written over. */
  version?: number;
  name?: string;
  options?: OptionDraft[];
  /** 0 is the first. */
  place?: number;
}

export function useChangeField() {
  return useFieldChange((workspaceId, { id, ...body }: FieldChange) =>
    http.PATCH("/workspaces/{workspace_id}/ticket-fields/{field_id}", {
      params: { path: { workspace_id: workspaceId, field_id: id } },
      body,
    }),
  );
}

/** Deletes a field with all its values. */
export function useDeleteField() {
  return useFieldChange((workspaceId, id: string) =>
    http.DELETE("/workspaces/{workspace_id}/ticket-fields/{field_id}", {
      params: { path: { workspace_id: workspaceId, field_id: id } },
    }),
  );
}

function useFieldChange<Input, Result>(
  change: (workspaceId: string, input: Input) => Promise<{ data?: Result }>,
) {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: Input) => (await change(workspaceId, input)).data,
    onSettled: () => client.invalidateQueries({ queryKey: ticketFieldsQuery(workspaceId).queryKey }),
  });
}
