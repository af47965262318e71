import { expect, it } from "vitest";
import { found } from "./found";

const card = (name: string, shortcut: string | null = null, excerpt = "", is_shared = true) => ({
  name,
  shortcut,
  excerpt,
  is_shared,
});
const cards = [
  card("Prices", null, "Our price list and how to pay"),
  card("How to pay", "pay"),
  card("Payment reminder", null, "…", false),
  card("Здравствуйте", "привет"),
];
const names = (words: string) => found(cards, words).map(({ name }) => name);

it("shows all, one's own first, while nothing is typed", () => {
  expect(names("")).toEqual(["Payment reminder", "Prices", "How to pay", "Здравствуйте"]);
});

it("prefers the shortcut, then the beginning of a name, then words anywhere", () => {
  expect(names("pay")).toEqual(["How to pay", "Payment reminder", "Prices"]);
  expect(names("to how")).toEqual(["How to pay", "Prices"]);
});

it("knows no difference between capital and small letters of any script", () => {
  expect(names("ЗДРАВ")).toEqual(["Здравствуйте"]);
  expect(names("ПРИ")).toEqual(["Здравствуйте"]);
});

it("finds nothing where a word is nowhere", () => {
  expect(names("pay yesterday")).toEqual([]);
});
