/** The layers of the app: `lib <- live, components <- features <- app`, and no cycles between features. */

import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const SRC = import.meta.dirname;
const LAYERS: Record<string, readonly string[]> = {
  lib: ["lib", "locales"],
  live: ["lib", "live"],
  components: ["lib", "components"],
  features: ["lib", "live", "components", "features"],
  app: ["lib", "live", "components", "features", "app"],
};
/** The one place that may import each heavy or fragile package. */
const HOMES: Record<string, string> = {
  "@glideapps/glide-data-grid": "components/grid/",
  uqr: "components/QrCode",
  marked: "features/legal/",
  bowser: "lib/device",
  "openapi-fetch": "lib/api/",
};

interface Import {
  from: string;
  to: string;
}

function sources(): string[] {
  const files = readdirSync(SRC, { recursive: true, encoding: "utf8" });
  return files.filter((file) => /\.tsx?$/.test(file) && !/\.(test|d|gen)\.tsx?$/.test(file));
}

/** Every import of our own files as paths under `src`, and of packages by name. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(SRC, file), "utf8");
  const targets = [...text.matchAll(/(?:from|import\()\s*"([^"]+)"/g)].map((match) => match[1] ?? "");
  return targets.map((target) => ({ from: file, to: resolved(file, target) }));
}

function resolved(file: string, target: string): string {
  if (target.startsWith("@/")) return target.slice(2);
  if (!target.startsWith(".")) return target;
  return relative(SRC, join(SRC, file, "..", target));
}

const layerOf = (path: string) => path.split("/")[0] ?? "";
const sliceOf = (path: string) => path.split("/")[1] ?? "";
const isOwn = (path: string) => layerOf(path) in LAYERS || layerOf(path) === "locales";

const imports = sources().flatMap(importsOf);

describe("the layers", () => {
  it("import one way", () => {
    const wrong = imports.filter(({ from, to }) => {
      const allowed = LAYERS[layerOf(from)];
      return isOwn(to) && !to.startsWith("node:") && !allowed?.includes(layerOf(to));
    });
    expect(wrong).toEqual([]);
  });

  it("keep each fragile package in one folder", () => {
    const strays = imports.filter(({ from, to }) => {
      const home = Object.entries(HOMES).find(([name]) => to === name || to.startsWith(`${name}/`))?.[1];
      return home !== undefined && !from.startsWith(home);
    });
    expect(strays).toEqual([]);
  });

  it("have features that form no cycle", () => {
    const edges = new Map<string, Set<string>>();
    for (const { from, to } of imports) {
      const isBetween =
        layerOf(from) === "features" && layerOf(to) === "features" && sliceOf(from) !== sliceOf(to);
      if (isBetween) edges.set(sliceOf(from), (edges.get(sliceOf(from)) ?? new Set()).add(sliceOf(to)));
    }
    const reaches = (start: string, goal: string, seen = new Set<string>()): boolean =>
      [...(edges.get(start) ?? [])].some((next) => {
        if (next === goal) return true;
        if (seen.has(next)) return false;
        seen.add(next);
        return reaches(next, goal, seen);
      });
    expect([...edges.keys()].filter((slice) => reaches(slice, slice))).toEqual([]);
  });
});
