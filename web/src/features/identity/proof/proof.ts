/** Proof that the person at the screen is the one who signed in: all of password and code that they have. */

import { useLingui } from "@lingui/react/macro";
import type { UseFormReturnType } from "@mantine/form";

import { ApiError } from "@/lib/api/errors";
import type { Proof } from "@/lib/api/types";
import { showProblem } from "@/lib/forms";
import { useMe } from "@/lib/session";

/** The two fields in a form. Whoever lacks a password or a second factor leaves theirs empty. */
export type ProofValues = { password: string; code: string };

export const NO_PROOF: ProofValues = { password: "", code: "" };

export function proofOf({ password, code }: ProofValues): Proof {
  return { password: password || null, code: code.replaceAll(/\s/g, "") || null };
}

/** Rules of the two fields for a form's `validate`: what the person has must be there. */
export function useProofRules() {
  const { t } = useLingui();
  const { user } = useMe();
  return {
    password: (value: string) => (user.has_password && value === "" ? t`Enter your password.` : null),
    code: (value: string) => (user.second_factor && value.trim() === "" ? t`Enter a code.` : null),
  };
}

/**
 * Show a refusal at its fields, and empty a proof that was wrong.
 *
 * Returns the error to show above the form, null when it stands at the fields.
 */
export function showRefusal<V extends ProofValues & Record<string, unknown>>(
  form: UseFormReturnType<V>,
  error: unknown,
): unknown {
  if (error instanceof ApiError && error.code === "proof-wrong" && Object.keys(error.fields).length === 0) {
    form.setValues(NO_PROOF as Partial<V>);
    (form.getInputNode("password") ?? form.getInputNode("code"))?.focus();
  }
  return showProblem(form, error) === null ? null : error;
}
