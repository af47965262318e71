// @vitest-environment jsdom

import { describe, expect, it } from "vitest";

import { isInOneGo, isPlain, isTyping } from "./hotkeys";

function element(html: string): Element | null {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

describe("shortcuts", () => {
  it.each(["<input>", "<textarea></textarea>", "<select></select>", '<div role="textbox"></div>'])(
    "of one letter are silent while typing in %s",
    (html) => {
      expect(isTyping(element(html))).toBe(true);
    },
  );

  it.each(["<button></button>", "<div></div>"])("work on %s", (html) => {
    expect(isTyping(element(html))).toBe(false);
  });

  it("with a modifier are not plain", () => {
    expect(["g i", "Shift+?", "$mod+k", "Alt+ArrowUp"].map(isPlain)).toEqual([true, true, false, false]);
  });

  it("of two keys work when nothing was pressed between them", () => {
    expect(["g", "G", "r"].map((before) => isInOneGo("g n", before))).toEqual([true, true, false]);
    expect(isInOneGo("n", "r")).toBe(true);
  });
});
