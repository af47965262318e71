import { describe, expect, it } from "vitest";

import { NO_PROOF, proofOf } from "./proof";

describe("the proof that a form sends", () => {
  it("has what was typed, and null for what the person does not have", () => {
    expect(proofOf({ password: "tide tables", code: "" })).toEqual({ password: "tide tables", code: null });
    expect(proofOf(NO_PROOF)).toEqual({ password: null, code: null });
  });

  it("takes a code as apps show it, with a space in the middle", () => {
    expect(proofOf({ password: "", code: " 123 456 " })).toEqual({ password: null, code: "123456" });
  });

  it("leaves a password as it was typed, spaces too", () => {
    expect(proofOf({ password: " two  spaces ", code: "" }).password).toBe(" two  spaces ");
  });
});
