import { describe, expect, it } from "vitest";
import type { CellValue } from "@/features/fields/values";
import type { Column } from "@/lib/api/types";
import type { SummaryKind } from "./layout";
import { summariesOf, summarised, sumOf } from "./summaries";

function of(type: Column["type"], kind: SummaryKind, values: readonly CellValue[]) {
  const column = { type, options: [], archived_options: [] } as unknown as Column;
  return summarised(column, kind, values, "en-GB");
}

describe("what stands under a column", () => {
  it("counts what is filled, and what is not", () => {
    expect(of("text", "filled", ["a", null, "b"])).toBe("2");
    expect(of("text", "empty", ["a", null, "b"])).toBe("1");
    expect(of("text", "percent", ["a", null, "b"])).toBe("67%");
  });

  it("takes a box that is not ticked for an empty one", () => {
    expect(of("checkbox", "filled", [true, false, null])).toBe("1");
  });

  it("sums numbers up as people do", () => {
    expect(of("number", "sum", [0.1, 0.2, null])).toBe("0.3");
    expect(of("number", "average", [1_000, 2_001, null])).toBe("1,500.5");
    expect(sumOf([null, "", 2])).toBe(2);
  });

  it("finds the first and the last day, the least and the most", () => {
    expect(of("date", "least", ["2026-03-01", null, "2025-12-31"])).toBe("31 Dec 2025");
    expect(of("date", "most", ["2026-03-01", null, "2025-12-31"])).toBe("1 Mar 2026");
    expect(of("number", "least", [3, -2])).toBe("-2");
  });

  it("is nothing over nothing", () => {
    for (const kind of ["percent", "average", "least", "most"] as const)
      expect(of("number", kind, [])).toBeNull();
    expect(of("number", "sum", [])).toBe("0");
  });

  it("is nothing once the column has a type without it", () => {
    expect(of("text", "sum", ["1"])).toBeNull();
    expect(summariesOf("select")).toEqual(["filled", "empty", "percent"]);
  });
});
