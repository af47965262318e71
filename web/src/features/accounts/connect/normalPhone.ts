/** Phone numbers as people type them. */

const MIN_DIGITS = 7;
const MAX_DIGITS = 15;

/** "+49 (170) 123-45 67" becomes "+491701234567"; null when it cannot be an international number. Source: E.164. */
export function normalPhone(typed: string): string | null {
  if (!/^\s*\+?[\d\s().-]+$/.test(typed)) return null;
  const digits = typed.replace(/\D/g, "").replace(/^00/, "");
  return digits.length >= MIN_DIGITS && digits.length <= MAX_DIGITS ? `+${digits}` : null;
}
