import { describe, expect, it } from "vitest";

import { normalPhone } from "./normalPhone";

describe("a phone number", () => {
  it.each([
    ["+49 (170) 123-45 67", "+491701234567"],
    ["0049 170 1234567", "+491701234567"],
    ["79161234567", "+79161234567"],
  ])("%s is sent as %s", (typed, phone) => {
    expect(normalPhone(typed)).toBe(phone);
  });

  it.each(["", "12345", "+49 170 CALL-ME", "1234567890123456", "📞"])("%j is refused", (typed) => {
    expect(normalPhone(typed)).toBeNull();
  });
});
