/** The colour a new option starts with. */

import type { Hue } from "@/lib/api/types";
import { hueNames } from "@/lib/theme/tokens";

/** The first hue that no option has yet; they repeat after ten. */
export function nextHue(options: readonly { hue: Hue }[]): Hue {
  const free = hueNames.find((hue) => hue !== "gray" && !options.some((each) => each.hue === hue));
  return free ?? hueNames[options.length % hueNames.length] ?? "gray";
}
