/** A browser's user agent, in words. */

import { t } from "@lingui/core/macro";
import { parse } from "bowser";

export interface Device {
  /** "Firefox on Linux"; "Unknown device" for what is no browser we know. */
  name: string;
  isPhone: boolean;
}

/** What a person would call the device that sent this `User-Agent`. */
export function deviceOf(userAgent: string): Device {
  // The parser refuses an empty text.
  const { browser, os, platform } = parse(userAgent || "-");
  const isPhone = platform.type === "mobile" || platform.type === "tablet";
  return { name: nameOf(browser.name, os.name), isPhone };
}

function nameOf(browser: string | undefined, os: string | undefined): string {
  if (browser && os) return t`${browser} on ${os}`;
  return browser || os || t`Unknown device`;
}
