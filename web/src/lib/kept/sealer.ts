/** Seals JSON values under a key that is in memory alone: AES-256-GCM, each bound to the name it is kept under. */

export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  body: ArrayBuffer;
}

const IV_BYTES = 12;

export class Sealer {
  readonly #key: CryptoKey;

  private constructor(key: CryptoKey) {
    this.#key = key;
  }

  /** From the key's 32 bytes in base64, as the API gives it. */
  static async of(key: string): Promise<Sealer> {
    const raw = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
    return new Sealer(await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]));
  }

  async seal(name: string, value: unknown): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const text = new TextEncoder().encode(JSON.stringify(value));
    return { iv, body: await crypto.subtle.encrypt(bound(iv, name), this.#key, text) };
  }

  /** What was sealed; undefined where it was sealed under another key or name, or was damaged. */
  async open(name: string, { iv, body }: Sealed): Promise<unknown> {
    try {
      const text = await crypto.subtle.decrypt(bound(iv, name), this.#key, body);
      return JSON.parse(new TextDecoder().decode(text));
    } catch {
      return undefined;
    }
  }
}

function bound(iv: Uint8Array<ArrayBuffer>, name: string): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(name) };
}
