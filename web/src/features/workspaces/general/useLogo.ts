/** Put a logo up, or take it away. */

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { http } from "@/lib/api/client";
import { putUp } from "@/lib/files";
import { useWorkspace } from "@/lib/session";

import { isLogoType } from "./logoFile";
import { useTakeWorkspace } from "./workspaceChanges";

export function useLogo() {
  const params = { path: { workspace_id: useWorkspace().id } };
  const take = useTakeWorkspace();
  const [progress, setProgress] = useState(0);
  const upload = useMutation({
    mutationFn: async (file: File) => {
      if (!isLogoType(file.type)) throw new TypeError("No picture that can be a logo.");
      setProgress(0);
      const fileId = await putUp(params.path.workspace_id, "logo", file, setProgress);
      const taken = await http.PUT("/workspaces/{workspace_id}/logo", {
        params,
        body: { file_id: fileId },
      });
      if (taken.data) take(taken.data);
    },
  });
  const remove = useMutation({
    mutationFn: async () => {
      const { data } = await http.DELETE("/workspaces/{workspace_id}/logo", { params });
      if (data) take(data);
    },
  });
  return { upload, remove, progress };
}
