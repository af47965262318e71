import { expect, it } from "vitest";
import type { Account, Chat, Column } from "@/lib/api/types";
import { isSaid, valuesOf } from "./values";

const column = (key: string, type: string, options: Column["options"] = []) =>
  ({
    id: key.toUpperCase(),
    key,
    name: key,
    type,
    options,
    archived_options: [],
    position: 1,
    version: 1,
  }) as unknown as Column;
const NAMELESS = { first_name: null, last_name: null };
const chat = (title: string, kind: Chat["kind"], values: Record<string, unknown> = {}) =>
  ({ id: "C", account_id: "A", title, kind, card: NAMELESS, private: null, values }) as unknown as Chat;
const stored = (value: unknown) => ({ value, version: 1, set_at: "", set_by: null });
const account = { id: "A", label: "", name: "Maya Lindqvist" } as Account;

it("takes a person's name apart, and a group's not", () => {
  expect(valuesOf(chat("Ada Byron", "private"), account, [])).toEqual({
    "contact.name": "Ada Byron",
    "contact.first_name": "Ada",
    "contact.last_name": "Byron",
    "account.name": "Maya Lindqvist",
  });
  expect(valuesOf(chat("Launch crew", "group"), undefined, [])).toEqual({
    "contact.name": "Launch crew",
    "contact.first_name": "",
    "contact.last_name": "",
    "account.name": "",
  });
});

it("calls somebody what people here do", () => {
  const named = {
    ...chat("Grace Brewster Hopper", "private"),
    card: { first_name: null, last_name: "Hopper" },
  };
  expect(valuesOf(named as Chat, account, [])).toMatchObject({
    "contact.first_name": "",
    "contact.last_name": "Hopper",
  });
});

it("says a choice by its name", () => {
  const stage = column("stage", "select", [{ id: "O", name: "Won", hue: "green" }]);
  const values = valuesOf(chat("A", "private", { STAGE: stored("O") }), account, [stage]);
  expect(values["column.stage"]).toBe("Won");
});

it("says nothing of which a row has no words", () => {
  expect([column("a", "text"), column("b", "person"), column("c", "long_text")].map(isSaid)).toEqual([
    true,
    false,
    false,
  ]);
});
