import { describe, expect, it } from "vitest";

import type { Role } from "@/lib/api/types";

import { holders, ruleOf } from "./granters";

const team = (["member", "admin", "owner", "admin"] as Role[]).map((role, at) => ({
  role,
  name: `${role} ${at}`,
}));
const namesOf = (people: { name: string }[]) => people.map(({ name }) => name);

describe("who may what one may not", () => {
  it("is read from the table the API decides by", () => {
    expect(ruleOf("workspace.delete")).toMatchObject({ least: "owner" });
    expect(ruleOf("columns.manage")).toMatchObject({ least: "admin", flag: "manage_columns" });
    expect(ruleOf("data.export")).toMatchObject({ least: "admin", toggle: "members_export_data" });
  });

  it("are Owners alone where only they may", () => {
    expect(namesOf(holders(team, "owner"))).toEqual(["owner 2"]);
  });

  it("are Owners, then Admins, where both may", () => {
    expect(namesOf(holders(team, "admin"))).toEqual(["owner 2", "admin 1", "admin 3"]);
  });
});
