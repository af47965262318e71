/** What a column of a file is called on the screen: as the file has it, or by its place. */

import { t } from "@lingui/core/macro";
import type { ImportOut } from "@/lib/api/types";

export function columnTitle({ header }: Pick<ImportOut, "header">, place: number): string {
  return header[place] || t`Column ${place + 1}`;
}
