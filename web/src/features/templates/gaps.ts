/** Variables left in a text that is about to be sent. Apart from everything else, as the composer asks at each letter. */

const LEFT = /\{\{(?:contact|account|column)\.[^{}\n]*\}\}/gu;

/** A stretch of the text, in UTF-16 units. */
export interface Left {
  source: string;
  from: number;
  to: number;
}

/** Every variable that stands in the text as it was written; a template that a chat fills leaves those it can't. */
export function leftIn(text: string): Left[] {
  if (!text.includes("{{")) return [];
  return [...text.matchAll(LEFT)].map(({ 0: source, index }) => ({
    source,
    from: index,
    to: index + source.length,
  }));
}
