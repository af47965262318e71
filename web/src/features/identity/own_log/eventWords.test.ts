import { describe, expect, it } from "vitest";

import registered from "@/lib/events.gen.json";
import "@/lib/i18n";

import { eventWords, WORDS } from "./eventWords";

const entry = (kind: string, facts: { old?: unknown; new?: unknown; target?: string } = {}) => ({
  kind,
  old: facts.old ?? null,
  new: facts.new ?? null,
  target: facts.target ?? "",
});

describe("an entry of the own log", () => {
  it("has words whatever the API journals for a person, and for nothing else", () => {
    expect(Object.keys(WORDS).toSorted()).toEqual(Object.keys(registered.of_people).toSorted());
  });

  it("tells a sign-in on a device that was seen before from one on a new device", () => {
    expect(eventWords(entry("session.opened", { new: { known_device: true } }))).toBe("Signed in");
    expect(eventWords(entry("session.opened", { new: { known_device: false } }))).toBe(
      "Signed in on a new device",
    );
  });

  it("says what was wrong with a refused sign-in", () => {
    expect(eventWords(entry("session.refused", { new: { wrong: "code" } }))).toContain("wrong code");
    expect(eventWords(entry("session.refused", { new: { wrong: "password" } }))).toContain("wrong password");
  });

  it("names the new address and the provider", () => {
    expect(eventWords(entry("email.changed", { new: { email: "ada@example.com" } }))).toContain(
      "ada@example.com",
    );
    expect(eventWords(entry("login.linked", { target: "linkedin" }))).toContain("LinkedIn");
    expect(eventWords(entry("login.unlinked", { target: "google" }))).toContain("Google");
  });

  it("shows a kind it has no words for as it is", () => {
    expect(eventWords(entry("passkey.added"))).toBe("passkey added");
  });
});
