import { describe, expect, it } from "vitest";

import { ownWords, strengthOf } from "./passwordStrength";

const OWN = ownWords("Ada Lovelace", "adal", "countess@example.com");

describe("the strength hint", () => {
  it.each([
    ["", "empty"],
    ["short", "short"],
    ["passwordpassword", "weak"],
    ["aaaaaaaaaaaaaaaa", "weak"],
    ["abcabcabcabcabc", "weak"],
    ["mylovelacediary", "weak"],
    ["countess-of-old", "weak"],
    ["vqxzjwkprbml", "fair"],
    ["right horse battery staple", "strong"],
    ["лошадь батарея скрепка", "strong"],
  ])("rates %j as %s", (password, strength) => {
    expect(strengthOf(password, OWN)).toBe(strength);
  });
});
