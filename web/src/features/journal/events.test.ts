import { describe, expect, it } from "vitest";

import registered from "@/lib/events.gen.json";

import { kindsOf, nounOf, nouns, sentenceOf, sentences } from "./events";

describe("the words of an entry", () => {
  it("are there for every kind the API journals for a workspace, and for no other", () => {
    expect(Object.keys(sentences).toSorted()).toEqual(Object.keys(registered.of_workspaces).toSorted());
  });

  it.each(Object.keys(sentences))("%s belongs to a noun the filter offers", (kind) => {
    expect(nouns).toHaveProperty(nounOf(kind));
  });

  it("are none for a kind this version does not know, so that the screen shows the kind itself", () => {
    expect(sentenceOf("moon.landed")).toBeUndefined();
  });

  it("are listed by noun", () => {
    expect(kindsOf("invite")).toEqual(["invite.created", "invite.resent", "invite.revoked"]);
  });
});
