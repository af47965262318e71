/** The sign-up that waits for its mail, in memory only: it holds a password, so a reload forgets it. */

import type { SignUp } from "@/lib/api/types";

let pending: SignUp | null = null;

export function holdSignUp(signUp: SignUp | null): void {
  pending = signUp;
}

export function pendingSignUp(): SignUp | null {
  return pending;
}
