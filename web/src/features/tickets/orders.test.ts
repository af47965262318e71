import { expect, it } from "vitest";
import { priorityOrder, slaOrder, statusOrder } from "./orders";
import { priorities, slaStates, statuses } from "./words";

it("every status, priority and state of a promise that has a word has its place", () => {
  expect([...statusOrder]).toEqual(Object.keys(statuses));
  expect([...priorityOrder]).toEqual(Object.keys(priorities));
  expect([...slaOrder]).toEqual(Object.keys(slaStates));
});
