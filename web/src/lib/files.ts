/** A file's way up: a form from the API, the file posted straight into the bucket, the look at what came. */

import { http } from "./api/client";
import type { FileOut, PlaceKind } from "./api/types";
import { postFile } from "./upload";

const UNKNOWN_TYPE = "application/octet-stream";

/**
 * Puts a file up for a kind of place and gives its id; `onProgress` hears from 0 to 1 how much of it is up.
 *
 * Rejects with an `ApiError`, as `postFile` does, or because the place does not take such a file.
 */
export async function putUp(
  workspaceId: string,
  kind: PlaceKind,
  file: File,
  onProgress: (part: number) => void,
  signal?: AbortSignal,
): Promise<string> {
  const type = file.type.split(";")[0]?.trim() || UNKNOWN_TYPE;
  const { data } = await http.POST("/workspaces/{workspace_id}/files", {
    params: { path: { workspace_id: workspaceId } },
    body: { name: file.name, size: file.size, type, for: kind },
    ...(signal && { signal }),
  });
  if (!data) throw new TypeError("The answer holds no form.");
  try {
    await postFile(data, file, onProgress, signal);
  } catch (failure) {
    // What did not come up takes no room; where this fails, too, it is removed within a day.
    discardFile(workspaceId, data.id).catch(() => undefined);
    throw failure;
  }
  return data.id;
}

/** Has a file looked at that was put up, so that it can be attached. */
export async function checkFile(workspaceId: string, fileId: string): Promise<FileOut> {
  const { data } = await http.POST("/workspaces/{workspace_id}/files/{file_id}/check", {
    params: { path: { workspace_id: workspaceId, file_id: fileId } },
  });
  if (!data) throw new TypeError("The answer holds no file.");
  return data;
}

/** Gives a file up that is attached nowhere. */
export async function discardFile(workspaceId: string, fileId: string): Promise<void> {
  await http.DELETE("/workspaces/{workspace_id}/files/{file_id}", {
    params: { path: { workspace_id: workspaceId, file_id: fileId } },
  });
}

/** A file that hangs somewhere, with its bytes: fetched from the bucket by a link of this moment. */
export async function fetchFile(workspaceId: string, file: FileOut, signal: AbortSignal): Promise<File> {
  const path = { workspace_id: workspaceId, file_id: file.id };
  const { data } = await http.GET("/workspaces/{workspace_id}/files/{file_id}", { params: { path }, signal });
  if (!data) throw new TypeError("The answer holds no link.");
  const answer = await fetch(data.url, { signal });
  if (!answer.ok) throw new TypeError("The bucket does not have this file.");
  return new File([await answer.blob()], file.name, { type: file.type });
}
