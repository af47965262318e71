/** What a username looks like, and what is said when it is somebody else's. */

import type { UseFormReturnType } from "@mantine/form";

import { ApiError } from "@/lib/api/errors";
import { focusFirst, showProblem } from "@/lib/forms";

export const USERNAME = /^[a-z0-9_]{3,32}$/;

/**
 * As `showProblem`, and a name that is taken is said at its field.
 *
 * Returns the error to show above the form, null when it stands at the fields.
 */
export function showNameProblem<V extends { username: string }>(
  form: UseFormReturnType<V>,
  error: unknown,
): unknown {
  if (error instanceof ApiError && error.code === "username-taken") {
    form.setFieldError("username", error.title);
    focusFirst(form, ["username"]);
    return null;
  }
  return showProblem(form, error) === null ? null : error;
}
