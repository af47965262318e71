/** Chats that are chosen together: the API takes so many at once. */

export const MOST_SELECTED = 1_000;
