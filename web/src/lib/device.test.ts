import { describe, expect, it } from "vitest";

import "./i18n";

import { deviceOf } from "./device";

const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";

describe("the name of a device", () => {
  it.each([
    ["Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Linux"],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/130.0.0.0 Safari/537.36`,
      "Chrome on Windows",
    ],
    [
      `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0`,
      "Microsoft Edge on macOS",
    ],
    ["curl/8.1", "Unknown device"],
    ["", "Unknown device"],
  ])("of %j is %s", (userAgent, name) => {
    expect(deviceOf(userAgent)).toEqual({ name, isPhone: false });
  });

  it("says of a phone that it is one", () => {
    const iphone =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";
    expect(deviceOf(iphone)).toEqual({ name: "Safari on iOS", isPhone: true });
  });
});
