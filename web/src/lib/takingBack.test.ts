import { beforeEach, describe, expect, it, vi } from "vitest";
import { offer, standBy, takeBackLast } from "./takingBack";

const ends: (() => void)[] = [];
const hide = vi.fn();

beforeEach(() => {
  for (const end of ends.splice(0)) end();
  hide.mockClear();
});

function offered(subject?: string) {
  const undo = vi.fn();
  ends.push(offer(undo, hide, subject));
  return undo;
}

function pageWithSteps() {
  const undo = vi.fn();
  ends.push(standBy(undo));
  return undo;
}

describe("Ctrl+Z", () => {
  it("takes back what the newest toast offers, and hides it, then what the one before does", () => {
    const [first, second] = [offered(), offered()];
    takeBackLast();
    expect([first, second].map((undo) => undo.mock.calls.length)).toEqual([0, 1]);
    expect(hide).toHaveBeenCalledOnce();
    takeBackLast();
    expect([first, second].map((undo) => undo.mock.calls.length)).toEqual([1, 1]);
  });

  it("takes back the last step of the page where no toast offers anything", () => {
    const page = pageWithSteps();
    const toast = offered();
    takeBackLast();
    expect(page).not.toHaveBeenCalled();
    takeBackLast();
    expect([toast, page].map((undo) => undo.mock.calls.length)).toEqual([1, 1]);
  });

  it("leaves alone what is offered no more", () => {
    const undo = offered();
    ends.at(-1)?.();
    takeBackLast();
    expect(undo).not.toHaveBeenCalled();
  });

  it("knows of one subject the newest act alone: the page has the others", () => {
    const page = pageWithSteps();
    const [first, second] = [offered("edit"), offered("edit")];
    expect(hide).toHaveBeenCalledOnce();
    takeBackLast();
    takeBackLast();
    expect([first, second, page].map((undo) => undo.mock.calls.length)).toEqual([0, 1, 1]);
  });
});
