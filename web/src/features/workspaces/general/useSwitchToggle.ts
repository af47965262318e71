/** Switch what Members may: at once on the screen, taken back when it is refused. */

import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api/client";
import type { Toggle, Workspace } from "@/lib/api/types";
import { notifyProblem, notifyUndo } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace, workspaceQuery } from "@/lib/session";

import { toggleWords } from "../permissionWords";

export function useSwitchToggle(toggle: Toggle): (isOn: boolean) => void {
  const { t, i18n } = useLingui();
  const change = useChangeToggle(toggle);
  const name = i18n._(toggleWords[toggle].title);
  const switchTo = async (isOn: boolean) => {
    try {
      await change(isOn);
      const undo = () => void change(!isOn).catch(refuse);
      notifyUndo(isOn ? t`${name}: on.` : t`${name}: off.`, undo);
    } catch (error) {
      refuse(error);
    }
  };
  return (isOn) => void switchTo(isOn);
}

function refuse(error: unknown): void {
  notifyProblem(problemText(error));
}

/** The change alone: rejects when it was refused. */
export function useChangeToggle(toggle: Toggle): (isOn: boolean) => Promise<Workspace> {
  const client = useQueryClient();
  const workspaceId = useWorkspace().id;
  const { queryKey } = workspaceQuery(workspaceId);
  const { mutateAsync } = api.useMutation("patch", "/workspaces/{workspace_id}/toggles", {
    onMutate: async ({ body }) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData<Workspace>(queryKey);
      if (before)
        client.setQueryData(queryKey, {
          ...before,
          toggles: { ...before.toggles, ...body } as Workspace["toggles"],
        });
      return before;
    },
    onError: (_error, _variables, before) => client.setQueryData(queryKey, before),
    onSuccess: (workspace) => client.setQueryData(queryKey, workspace),
  });
  const params = { path: { workspace_id: workspaceId } };
  return (isOn) => mutateAsync({ params, body: { [toggle]: isOn } });
}
