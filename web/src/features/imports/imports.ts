/** Imports as the API has them: begun with a file, checked, written, taken back, each looked at while it is under way. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { http } from "@/lib/api/client";
import type { ApiError } from "@/lib/api/errors";
import type { BegunImport, ImportFault, ImportOut, ImportPlan, NewOptionsOfColumn } from "@/lib/api/types";
import { checkFile, putUp } from "@/lib/files";
import { useWorkspace } from "@/lib/session";

const LOOK_EVERY_MS = 1_000;
const BASE = "/workspaces/{workspace_id}/imports";
const ONE = `${BASE}/{import_id}` as const;

export function isUnderWay({ state }: ImportOut): boolean {
  return state === "checking" || state === "running" || state === "undoing";
}

/** The newest imports of the workspace, looked at again while any is under way. */
export function useImports() {
  const workspace_id = useWorkspace().id;
  return useQuery<ImportOut[], ApiError>({
    queryKey: listKey(workspace_id),
    queryFn: async () => (await http.GET(BASE, { params: { path: { workspace_id } } })).data?.imports ?? [],
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? LOOK_EVERY_MS : false),
  });
}

/** One import, looked at every second while it is under way. */
export function useImport(known: ImportOut): ImportOut {
  const workspace_id = useWorkspace().id;
  const { data } = useQuery<ImportOut, ApiError>({
    queryKey: oneKey(known.id),
    queryFn: async () => {
      const path = { workspace_id, import_id: known.id };
      return (await http.GET(ONE, { params: { path } })).data ?? known;
    },
    initialData: known,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? LOOK_EVERY_MS : false),
  });
  return data;
}

/** What the check of an import found wrong. */
export function useFaults({ id, counts }: ImportOut) {
  const workspace_id = useWorkspace().id;
  return useQuery<ImportFault[], ApiError>({
    queryKey: ["import", id, "faults", counts],
    queryFn: async () => {
      const path = { workspace_id, import_id: id };
      return (await http.GET(`${ONE}/faults`, { params: { path } })).data?.faults ?? [];
    },
  });
}

/** Which options the check of an import found missing. */
export function useNewOptions({ id, options_found, counts }: ImportOut) {
  const workspace_id = useWorkspace().id;
  return useQuery<NewOptionsOfColumn[], ApiError>({
    queryKey: ["import", id, "options", options_found, counts],
    enabled: options_found > 0,
    queryFn: async () => {
      const path = { workspace_id, import_id: id };
      return (await http.GET(`${ONE}/options`, { params: { path } })).data?.columns ?? [];
    },
  });
}

interface PickedFile {
  file: File;
  /** Hears from 0 to 1 how much of it is up. */
  onProgress: (part: number) => void;
  signal: AbortSignal;
}

/** Puts a file up and has its beginning read. */
export function useBeginImport() {
  const workspace_id = useWorkspace().id;
  return useMutation<BegunImport, ApiError, PickedFile>({
    mutationFn: async ({ file, onProgress, signal }) => {
      const file_id = await putUp(workspace_id, "import", file, onProgress, signal);
      await checkFile(workspace_id, file_id);
      const { data } = await http.POST(BASE, { params: { path: { workspace_id } }, body: { file_id } });
      if (!data) throw new TypeError("The answer holds no import.");
      return data;
    },
  });
}

export function useCheckImport(importId: string) {
  return useStep<ImportPlan>(
    importId,
    async (path, body) => (await http.POST(`${ONE}/check`, { params: { path }, body })).data,
  );
}

export function useRunImport(importId: string) {
  return useStep<void>(importId, async (path) => (await http.POST(`${ONE}/run`, { params: { path } })).data);
}

export function useUndoImport(importId: string) {
  return useStep<void>(importId, async (path) => (await http.POST(`${ONE}/undo`, { params: { path } })).data);
}

/** Throws away an import that is not written; where that fails it is thrown away within a day. */
export function useDiscardImport() {
  const workspace_id = useWorkspace().id;
  const client = useQueryClient();
  return useMutation<unknown, ApiError, string>({
    mutationFn: (import_id) => http.DELETE(ONE, { params: { path: { workspace_id, import_id } } }),
    onSettled: () => client.invalidateQueries({ queryKey: listKey(workspace_id) }),
  });
}

/** A step of one import: the answer is where it stands from then on. */
function useStep<Input>(
  import_id: string,
  step: (path: { workspace_id: string; import_id: string }, input: Input) => Promise<ImportOut | undefined>,
) {
  const workspace_id = useWorkspace().id;
  const client = useQueryClient();
  return useMutation<ImportOut, ApiError, Input>({
    mutationFn: async (input) => {
      const after = await step({ workspace_id, import_id }, input);
      if (!after) throw new TypeError("The answer holds no import.");
      client.setQueryData(oneKey(import_id), after);
      void client.invalidateQueries({ queryKey: listKey(workspace_id) });
      return after;
    },
  });
}

function oneKey(importId: string) {
  return ["import", importId];
}

function listKey(workspaceId: string) {
  return ["imports", workspaceId];
}
