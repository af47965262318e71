/** A picture made of a name's first letters, in a hue that stays the same for the same name. */

import { hueOf } from "@/lib/theme/hueOf";

import classes from "./Initials.module.css";

interface Props {
  name: string;
  shape?: "round" | "square";
  size?: number;
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return letters
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
}

/** Decoration: the name always stands beside it. */
export function Initials({ name, shape = "round", size = 32 }: Props) {
  const hue = hueOf(name);
  const style = {
    width: size,
    height: size,
    fontSize: Math.round(size * 0.4),
    background: `var(--hue-${hue}-bg)`,
    color: `var(--hue-${hue}-text)`,
  };
  return (
    <span className={classes.initials} data-shape={shape} style={style} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
