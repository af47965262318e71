/** What Ctrl+Z takes back: what the newest toast offers to, else the last step of the page. */

type Undo = () => void;

interface Offer {
  undo: Undo;
  /** Another offer of the same subject takes its place. */
  subject: string | undefined;
  withdraw: () => void;
}

let offers: readonly Offer[] = [];
let steps: readonly Undo[] = [];

/**
 * Offers to take an act back until the returned function is called. Of one subject only the newest act is offered:
 * `withdraw` is called when another one takes its place, or when it is taken back by the keyboard.
 */
export function offer(undo: Undo, withdraw: () => void, subject?: string): () => void {
  for (const each of offers) if (subject !== undefined && each.subject === subject) each.withdraw();
  const made: Offer = { undo, subject, withdraw };
  offers = [...offers.filter((each) => subject === undefined || each.subject !== subject), made];
  return () => {
    offers = offers.filter((each) => each !== made);
  };
}

/** The page has steps of its own to take back, for as long as until the returned function is called. */
export function standBy(undo: Undo): () => void {
  steps = [...steps, undo];
  return () => {
    steps = steps.filter((each) => each !== undo);
  };
}

export function takeBackLast(): void {
  const last = offers.at(-1);
  if (!last) {
    steps.at(-1)?.();
    return;
  }
  offers = offers.slice(0, -1);
  last.withdraw();
  last.undo();
}
