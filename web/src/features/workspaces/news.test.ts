import { describe, expect, it } from "vitest";

import { madeOld } from "./news";

const ME = "U1";
const OTHER = "U2";

describe("a change somebody journalled", () => {
  it.each([
    ["member.role_changed", OTHER, ["members"]],
    ["member.joined", OTHER, ["members", "invites", "seats"]],
    ["member.removed", OTHER, ["members", "invites", "leave-requests", "seats"]],
    ["member.role_changed", ME, ["members", "workspace", "me", "seats"]],
    ["ownership.transferred", OTHER, ["members", "workspace", "me"]],
    ["leaving.asked", OTHER, ["members", "leave-requests"]],
    ["invite.created", "I1", ["invites", "seats"]],
    ["seat.assigned", "S1", ["seats", "members", "workspace", "billing"]],
    ["seats.paid", "W1", ["seats", "members", "workspace", "billing"]],
    ["subscription.changed", "W1", ["billing"]],
    ["invoice.recorded", "in_1", ["bills", "billing"]],
    ["connection.opened", "A1", ["workspace"]],
    ["connection.lost", "A1", []],
    ["toggles.changed", "W1", ["workspace"]],
    ["workspace.renamed", "W1", ["workspace", "me"]],
    ["value.set", "C1", []],
  ])("%s of %s makes %j old", (kind, target, facts) => {
    expect(madeOld({ kind, target }, ME)).toEqual(facts);
  });
});
