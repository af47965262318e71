/** A phone number that identifies the account without showing it to someone who looks over a shoulder. */

const SHOWN_AT_END = 4;
const SHOWN_AT_START = 3;

/** "+491701234567" becomes "+491 ••• 4567"; short numbers stay as they are. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, "");
  if (digits.length < SHOWN_AT_START + SHOWN_AT_END + 2) return phone;
  return `+${digits.slice(0, SHOWN_AT_START)} ••• ${digits.slice(-SHOWN_AT_END)}`;
}
