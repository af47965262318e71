import { i18n, type MessageDescriptor } from "@lingui/core";
import { describe, expect, it } from "vitest";

import type { Notice } from "@/lib/api/types";

import { kindNames, sentenceOf } from "./words";

i18n.loadAndActivate({ locale: "en", messages: {} });
const say = (message: MessageDescriptor) => i18n._(message);

function notice(more: Partial<Notice>): Notice {
  return {
    id: "1",
    at: "2026-11-26T09:00:00Z",
    kind: "comment.mention",
    about: { kind: "chat", id: "2", name: "Ann" },
    by: { id: "3", name: "Olga" },
    text: "",
    is_read: false,
    ...more,
  };
}

describe("a notice", () => {
  it("says who and where", () => {
    expect(sentenceOf(notice({}), say)).toBe("Olga mentioned you in a comment on “Ann”");
  });

  it("does without a name where the place or the person is gone", () => {
    const gone = notice({ about: { kind: "chat", id: "2", name: null }, by: { id: "3", name: null } });
    expect(sentenceOf(gone, say)).toBe("Somebody mentioned you in a comment on a chat");
  });

  it("tells of many chats that were assigned at once as of several", () => {
    const many = notice({ kind: "chat.assigned", about: { kind: "workspace", id: "2", name: null } });
    expect(sentenceOf(many, say)).toBe("Olga assigned several chats to you");
  });

  it("speaks of nobody where nobody did it", () => {
    expect(sentenceOf(notice({ kind: "reminder.due", by: null }), say)).toBe(
      "You wanted to be reminded of “Ann”",
    );
  });

  it.each(Object.keys(kindNames) as Notice["kind"][])("of the kind %s has a sentence", (kind) => {
    for (const by of [null, { id: "3", name: "Olga" }])
      expect(sentenceOf(notice({ kind, by }), say)).toContain("“Ann”");
  });
});
