/** Which files are not worth the way up: the API would refuse them. Pure. */

export const MAX_FILE_BYTES = 50 * 1024 * 1024;
export const MAX_FILES = 10;

export type Misfit = "empty" | "too-large";

export function misfitOf({ size }: Pick<File, "size">): Misfit | null {
  if (size === 0) return "empty";
  return size > MAX_FILE_BYTES ? "too-large" : null;
}
