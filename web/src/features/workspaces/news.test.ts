import { describe, expect, it } from "vitest";

import { madeOld } from "./news";

const ME = "U1";
const OTHER = "U2";

describe("a change somebody journalled", () => {
  it.each([
    ["member.role_changed", OTHER, ["members"]],
    ["member.joined", OTHER, ["members", "invites"]],
    ["member.removed", OTHER, ["members", "invites", "leave-requests"]],
    ["member.role_changed", ME, ["members", "workspace", "me"]],
    ["ownership.transferred", OTHER, ["members", "workspace", "me"]],
    ["leaving.asked", OTHER, ["members", "leave-requests"]],
    ["invite.created", "I1", ["invites"]],
    ["toggles.changed", "W1", ["workspace"]],
    ["workspace.renamed", "W1", ["workspace", "me"]],
    ["value.set", "C1", []],
  ])("%s of %s makes %j old", (kind, target, facts) => {
    expect(madeOld({ kind, target }, ME)).toEqual(facts);
  });
});
