/** The legal documents in force, as cached. */

import { i18n } from "@lingui/core";

import { api } from "@/lib/api/client";

/** Which documents there are; they change with a deployment, so once a page is often enough. */
export const documentsQuery = api.queryOptions("get", "/legal", undefined, {
  staleTime: Number.POSITIVE_INFINITY,
  // Only ever a help beside something else, which must not wait for a second try.
  retry: false,
});

/** One of them with its text. */
export function documentQuery(name: string) {
  return api.queryOptions("get", "/legal/{document_name}", { params: { path: { document_name: name } } });
}

/** A document's version is the day it changed last: "November 21, 2026". */
export function versionDay(version: string): string {
  const day = new Intl.DateTimeFormat(i18n.locale, { dateStyle: "long", timeZone: "UTC" });
  return day.format(new Date(version));
}
