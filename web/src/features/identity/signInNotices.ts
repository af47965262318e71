/** Why somebody is on the sign-in page who did not ask for it. Apart from the words: the first page reads addresses. */

/** As they stand in the page's address. */
export const SIGN_IN_NOTICES = [
  "challenge-over",
  "password-reset",
  "deleted",
  "erased",
  "restored",
  "reset",
] as const;

export type SignInNotice = (typeof SIGN_IN_NOTICES)[number];
