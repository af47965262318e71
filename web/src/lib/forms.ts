/** What the server says about a form, put next to the fields it is about. */

import type { UseFormReturnType } from "@mantine/form";

import { ApiError } from "./api/errors";
import { problemText } from "./problemText";

/** Focus the first field with an error; a failed submit otherwise leaves the focus on the button. */
export function focusFirst<V extends Record<string, unknown>>(
  form: UseFormReturnType<V>,
  names: string[],
): void {
  const first = names[0];
  if (first !== undefined) form.getInputNode(first)?.focus();
}

/**
 * Show a refusal at its fields.
 *
 * Returns the sentence to show above the form when the refusal is about none of its fields, else null.
 */
export function showProblem<V extends Record<string, unknown>>(
  form: UseFormReturnType<V>,
  error: unknown,
): string | null {
  const fields = error instanceof ApiError ? error.fields : {};
  const known = Object.keys(fields).filter((name) => name in form.getValues());
  if (known.length === 0) return problemText(error);
  form.setErrors(Object.fromEntries(known.map((name) => [name, fields[name]])));
  focusFirst(form, known);
  return null;
}
