import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { refusedInvites, workspaceOf } from "./refusals";

const DOCUMENT = join(import.meta.dirname, "../../../../../docs/api/openapi.json");

interface Answers {
  paths: Record<string, { post: { responses: Record<string, { description: string }> } }>;
}

/** Codes of the refusals that the API's own description has for a route. */
function refusalsOf(path: string): string[] {
  const document = JSON.parse(readFileSync(DOCUMENT, "utf8")) as Answers;
  const answers = document.paths[path]?.post.responses ?? {};
  const codes = ["404", "409"].flatMap((status) => answers[status]?.description.split(", ") ?? []);
  // A race: the same request is simply made again.
  return codes.filter((code) => code !== "changed-meanwhile");
}

describe("a refused invitation", () => {
  it.each([...refusalsOf("/invites/look-up"), ...refusalsOf("/invites/accept")])(
    "%s is told in words",
    (code) => {
      expect(refusedInvites).toHaveProperty(code);
    },
  );

  it("leads a member to the workspace they are in already", () => {
    expect(workspaceOf({ workspace_id: "W1" })).toBe("W1");
    expect(workspaceOf(null)).toBeUndefined();
    expect(workspaceOf({})).toBeUndefined();
  });
});
