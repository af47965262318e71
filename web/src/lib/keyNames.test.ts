import { describe, expect, it } from "vitest";

import { keyNames } from "./keyNames";

describe("keys on screen", () => {
  it.each([
    ["$mod+k", ["Ctrl", "K"]],
    ["g i", ["G", "I"]],
    ["Shift+?", ["?"]],
    ["Alt+ArrowUp", ["Alt", "↑"]],
  ])("%s is shown as %j", (keys, names) => {
    expect(keyNames(keys)).toEqual(names);
  });
});
