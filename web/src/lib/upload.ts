/** A file put straight into the bucket by the form the API gave for it. */

import { ApiError, offlineError } from "./api/errors";

/** Where a file is posted, and the fields that go before it. */
export interface UploadForm {
  url: string;
  fields: Record<string, string>;
}

/**
 * Posts the file; `onProgress` hears from 0 to 1 how much of it is up.
 *
 * Rejects with an `ApiError`: `upload-refused` when the bucket took it not, `offline` when no answer came or the file
 * could not be read, `cancelled` when `signal` said so, be it before.
 * An XMLHttpRequest, since fetch tells nothing of how far an upload has come.
 */
export function postFile(
  form: UploadForm,
  file: Blob,
  onProgress: (part: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  if (signal?.aborted) return Promise.reject(cancelled());
  const body = new FormData();
  for (const [name, value] of Object.entries(form.fields)) body.append(name, value);
  body.append("file", file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.url);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => (isTaken(request.status) ? resolve() : reject(refused(request.status)));
    request.onerror = () => reject(offlineError());
    request.onabort = () => reject(cancelled());
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(body);
  });
}

function isTaken(status: number): boolean {
  return status >= 200 && status < 300;
}

function refused(status: number): ApiError {
  return new ApiError({ status, code: "upload-refused", title: "", detail: "" });
}

function cancelled(): ApiError {
  return new ApiError({ status: 0, code: "cancelled", title: "", detail: "" });
}
