/** Client ids: the name under which a text is sent at most once, however often it is repeated. */

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A new ULID: 48 bits of milliseconds, 80 random bits, Crockford base32. Source: https://github.com/ulid/spec */
export function mintClientId(now = Date.now()): string {
  let time = "";
  for (let rest = now, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) time = letter(rest % 32) + time;
  const random = crypto.getRandomValues(new Uint8Array(16));
  return time + Array.from(random, (byte) => letter(byte & 31)).join("");
}

function letter(index: number): string {
  return ALPHABET.charAt(index);
}
