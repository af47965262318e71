/** A workspace's logo; without one, or while it cannot be loaded, the first letters of its name. */

import { useState } from "react";

import { Initials } from "@/components/Initials";

import classes from "./WorkspaceLogo.module.css";

interface Props {
  name: string;
  /** Signed for five minutes, anew with each answer. */
  url: string | null;
  size?: number;
}

/** Decoration: the name always stands beside it. */
export function WorkspaceLogo({ name, url, size = 32 }: Props) {
  const [kept, setKept] = useState(url);
  const [broken, setBroken] = useState<string | null>(null);
  // A picture that is shown stays while it is the same file: another signature would load it again.
  const shown = fileOf(url) === fileOf(kept) && kept !== broken ? kept : url;
  if (shown !== kept) setKept(shown);
  if (shown === null || shown === broken) return <Initials name={name} shape="square" size={size} />;
  return (
    <img
      src={shown}
      alt=""
      width={size}
      height={size}
      className={classes.logo}
      onError={() => setBroken(shown)}
    />
  );
}

/** The part of a link before its signature. */
function fileOf(url: string | null): string | undefined {
  return url?.split("?")[0];
}
