import { describe, expect, it } from "vitest";
import type { Chat } from "@/lib/api/types";
import { type Card, cardFieldOf, cardFields, columnIdOf, storedIn, withCardField } from "./cardFields";

const card: Card = {
  assignee: null,
  priority: "low",
  email: null,
  phone: null,
  first_name: null,
  last_name: null,
  version: 3,
  changed: { priority: 2 },
};
const chat = { title: "Contact 1", telegram_title: "Contact 1", card } as Chat;
const stored = (value: string | null, version: number) => ({ value, version, set_at: "", set_by: null });

describe("a chat's own fields", () => {
  it("have ids of their own among columns", () => {
    expect(cardFields.map(columnIdOf).map(cardFieldOf)).toEqual([...cardFields]);
    expect(cardFieldOf("01M8B0NTH0D4NE7H1KFXAFXB54")).toBeUndefined();
  });

  it("are each of the version they changed at", () => {
    expect(storedIn(card, "priority")).toEqual(stored("low", 2));
    expect(storedIn(card, "email")).toEqual(stored(null, 0));
  });

  it("change one by one, and the card is of the newest version", () => {
    const { card: after } = withCardField(chat, "email", stored("a@example.com", 4));
    expect(after).toEqual({
      ...card,
      email: "a@example.com",
      version: 4,
      changed: { priority: 2, email: 4 },
    });
    expect(withCardField(chat, "priority", stored("high", 1)).card.version).toBe(3);
  });

  it("give the chat its title while it has a name here", () => {
    const named = withCardField(chat, "first_name", stored("Grace", 4));
    expect(named.title).toBe("Grace");
    expect(withCardField(named, "last_name", stored("Hopper", 5)).title).toBe("Grace Hopper");
    expect(withCardField(named, "first_name", stored(null, 5)).title).toBe("Contact 1");
  });
});
