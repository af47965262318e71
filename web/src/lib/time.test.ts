import { i18n } from "@lingui/core";
import { afterEach, describe, expect, it } from "vitest";
import { exactTime, relativeTime } from "./time";

const NOW = "2026-03-20T12:00:00Z";
const ago = (iso: string) => relativeTime(iso, Date.parse(NOW));

afterEach(() => i18n.activate("en"));

describe("a moment", () => {
  it("is said by how long ago it was, or is to come, in the language of the screen", () => {
    i18n.loadAndActivate({ locale: "en", messages: {} });
    expect(ago("2026-03-18T12:00:00Z")).toBe("2 days ago");
    expect(ago("2026-03-20T15:00:00Z")).toBe("in 3 hours");
    expect(ago("2026-03-20T11:59:30Z")).toBe("now");
    i18n.loadAndActivate({ locale: "de", messages: {} });
    expect(ago("2026-03-18T12:00:00Z")).toBe("vorgestern");
    expect(ago("2026-03-20T15:00:00Z")).toBe("in 3 Stunden");
  });

  it("is exact where the pointer rests on it", () => {
    const at = new Date(2026, 2, 3, 14, 5).toISOString();
    i18n.loadAndActivate({ locale: "en", messages: {} });
    expect(exactTime(at).replace("\u202f", " ")).toBe("Mar 3, 2026, 2:05 PM");
    i18n.loadAndActivate({ locale: "de", messages: {} });
    expect(exactTime(at)).toBe("03.03.2026, 14:05");
  });
});
