/** What a reaction of one's own does to the counts. Pure. */

import type { MessageReaction } from "@/live/types";

/** Offered at once; a chat may allow fewer, and then Telegram says so. */
export const OFFERED = ["👍", "❤", "🔥", "👏", "😁", "🎉", "🤔", "🙏"] as const;

/** One's own emoji is one at most: another takes its place, the same again takes it off. */
export function reacted(before: readonly MessageReaction[], emoji: string): MessageReaction[] {
  const own = before.find((each) => each.mine)?.emoji;
  const without = before
    .map((each) => (each.mine ? { ...each, count: each.count - 1, mine: false } : each))
    .filter((each) => each.count > 0);
  if (own === emoji) return without;
  const isThere = without.some((each) => each.emoji === emoji);
  if (!isThere) return [...without, { emoji, count: 1, mine: true }];
  return without.map((each) =>
    each.emoji === emoji ? { ...each, count: each.count + 1, mine: true } : each,
  );
}
