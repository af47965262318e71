/** A text with the searched words marked in it. */

import { pieces } from "./highlight";
import classes from "./search.module.css";

export function Marked({ text, words }: { text: string; words: string }) {
  let at = 0;
  return pieces(text, words).map((piece) => {
    const key = at;
    at += piece.text.length;
    return piece.isHit ? (
      <mark key={key} className={classes.mark}>
        {piece.text}
      </mark>
    ) : (
      <span key={key}>{piece.text}</span>
    );
  });
}
