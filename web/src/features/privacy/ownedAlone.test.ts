import { describe, expect, it } from "vitest";

import { ApiError } from "@/lib/api/errors";

import { ownedAlone } from "./ownedAlone";

const refused = (code: string, standing?: object) =>
  new ApiError({ status: 409, code, title: "", detail: "", standing });

describe("a refused deletion of an account", () => {
  it("names the workspaces that nobody else owns", () => {
    const workspaces = [{ id: "W1", name: "Northwind" }];
    expect(ownedAlone(refused("only-owner-of-others", { workspaces }))).toEqual(workspaces);
  });

  it("for another reason names none", () => {
    expect(ownedAlone(refused("changed-meanwhile"))).toBeNull();
    expect(ownedAlone(new Error("bug"))).toBeNull();
  });
});
