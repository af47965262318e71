/** What of a template goes along with the text in the composer. Types alone: the composer loads no code for it. */

import type { Dispatch, SetStateAction } from "react";
import type { FileOut } from "@/lib/api/types";

/** A file of a template with its bytes; null until they are fetched. */
export interface Carried {
  readonly file: FileOut;
  readonly fetched: File | null;
}

export type Carry = Dispatch<SetStateAction<readonly Carried[]>>;
