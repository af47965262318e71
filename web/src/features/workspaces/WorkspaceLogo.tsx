/** A workspace's logo; without one, or while it cannot be loaded, the first letters of its name. */

import { useState } from "react";

import { Initials } from "@/components/Initials";

import classes from "./WorkspaceLogo.module.css";

interface Props {
  name: string;
  /** Good for five minutes; a picture that is shown stays. */
  url: string | null;
  size?: number;
}

/** Decoration: the name always stands beside it. */
export function WorkspaceLogo({ name, url, size = 32 }: Props) {
  const [broken, setBroken] = useState<string | null>(null);
  if (url === null || url === broken) return <Initials name={name} shape="square" size={size} />;
  return (
    <img
      src={url}
      alt=""
      width={size}
      height={size}
      className={classes.logo}
      onError={() => setBroken(url)}
    />
  );
}
