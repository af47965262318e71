import { describe, expect, it } from "vitest";

import { type ColorName, colors, cssVariables, hueNames, hues, type Scheme } from "./tokens";

const TEXT = 4.5;
const CONTROL = 3;
const SCHEMES: Scheme[] = ["light", "dark"];
const BACKGROUNDS: ColorName[] = ["canvas", "surface", "subtle", "hover", "selected"];

/** Source: WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(first: string, second: string): number {
  const [dark = 0, light = 0] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const textPairs: [ColorName, ColorName][] = [
  ...(["text", "text-secondary", "text-muted"] as const).flatMap((text) =>
    BACKGROUNDS.map((background): [ColorName, ColorName] => [text, background]),
  ),
  ...(["canvas", "surface", "selected"] as const).map((on): [ColorName, ColorName] => ["accent-text", on]),
  ["accent-text", "accent-subtle"],
  ["danger-text", "danger-subtle"],
  ["danger-text", "surface"],
  ["warning-text", "warning-subtle"],
  ["success-text", "success-subtle"],
  ["success-text", "surface"],
  ["on-solid", "accent"],
  ["on-solid", "accent-hover"],
  ["on-solid", "danger"],
  ["on-solid", "danger-hover"],
  ["on-solid", "warning"],
  ["on-solid", "success"],
  ["text", "bubble-in"],
  ["text", "bubble-out"],
  ["bubble-meta", "bubble-in"],
  ["bubble-meta", "bubble-out"],
  ["comment-text", "comment-bg"],
];

const controlPairs: [ColorName, ColorName][] = BACKGROUNDS.flatMap((background) => [
  ["focus", background],
  ["border-strong", background],
]);

const inEach = <T>(pairs: T[]): [Scheme, T][] =>
  SCHEMES.flatMap((scheme) => pairs.map((pair): [Scheme, T] => [scheme, pair]));

describe("the tokens", () => {
  it.each(inEach(textPairs))("%s: text can be read (%s)", (scheme, [text, background]) => {
    expect(contrast(colors[text][scheme], colors[background][scheme])).toBeGreaterThanOrEqual(TEXT);
  });

  it.each(inEach(controlPairs))("%s: controls can be seen (%s)", (scheme, [line, background]) => {
    expect(contrast(colors[line][scheme], colors[background][scheme])).toBeGreaterThanOrEqual(CONTROL);
  });

  it.each(inEach(hueNames))("%s: the option colour %s can be read", (scheme, name) => {
    expect(contrast(hues[name].text[scheme], hues[name].bg[scheme])).toBeGreaterThanOrEqual(TEXT);
  });

  it("have the same variables in both schemes", () => {
    expect(Object.keys(cssVariables("light"))).toEqual(Object.keys(cssVariables("dark")));
  });
});
