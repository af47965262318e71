/** A hint while a new password is typed. The server decides; this only spares a round trip. */

export const MIN_LENGTH = 12;
export const MAX_LENGTH = 256;

export type Strength = "empty" | "short" | "weak" | "fair" | "strong";

const COMMON = /passwor[dt]|qwert|asdf|12345|abcde|letmein|welcome|telegram|wireroom|iloveyou/i;
const REPEATED = /(.)\1{3,}|(..+)\2{2,}/;

/** How many different kinds of character there are, spaces and other scripts included. */
function kinds(password: string): number {
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/];
  return classes.filter((each) => each.test(password)).length;
}

function holdsOwnName(password: string, own: readonly string[]): boolean {
  const lower = password.toLowerCase();
  return own.some((word) => word.length >= 4 && lower.includes(word.toLowerCase()));
}

/** Rate a password; `own` are words that are easy to guess for this person, such as their name. */
export function strengthOf(password: string, own: readonly string[]): Strength {
  if (password === "") return "empty";
  if (password.length < MIN_LENGTH) return "short";
  const variety = new Set(password).size;
  const isGuessable = COMMON.test(password) || REPEATED.test(password) || holdsOwnName(password, own);
  if (isGuessable || variety < 6) return "weak";
  const points = Math.min(password.length / 4, 5) + kinds(password);
  return points >= 6 ? "strong" : "fair";
}

/** The words of a name and the first part of an e-mail address. */
export function ownWords(fullName: string, username: string, email: string): string[] {
  return [...fullName.split(/\s+/), username, email.split("@")[0] ?? ""].filter((word) => word !== "");
}
