import { describe, expect, it } from "vitest";

import "@/lib/i18n";

import { backupCodesFile } from "./backupCodesFile";

describe("the file of backup codes", () => {
  it("says whose they are and has a line for each", () => {
    const lines = backupCodesFile(["aaaa-1111", "bbbb-2222"], "ada@example.com").split("\n");
    expect(lines[0]).toContain("ada@example.com");
    expect(lines.slice(-3)).toEqual(["aaaa-1111", "bbbb-2222", ""]);
  });
});
