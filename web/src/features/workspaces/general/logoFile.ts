/** Which files a logo can be. The API looks into the file; this only spares the way there. */

export const LOGO_TYPES = ["image/png", "image/jpeg", "image/webp"] as const;
export const LOGO_MAX_BYTES = 512 * 1024;

export type LogoType = (typeof LOGO_TYPES)[number];

/** What is wrong with a file as a logo. */
export type Unfit = "type" | "size";

/** Undefined when nothing is wrong with it. */
export function unfit({ type, size }: Pick<File, "type" | "size">): Unfit | undefined {
  if (!isLogoType(type)) return "type";
  return size === 0 || size > LOGO_MAX_BYTES ? "size" : undefined;
}

export function isLogoType(type: string): type is LogoType {
  return LOGO_TYPES.some((each) => each === type);
}
