import { expect, it } from "vitest";
import type { Template } from "@/lib/api/types";
import { draftOf, emptyDraft, inserted, isSame, sendable } from "./draft";

const template: Template = {
  id: "T",
  name: "Hello",
  text: "Hello",
  entities: [{ type: "bold", offset: 0, length: 5, url: null }],
  shortcut: "hi",
  folder_id: "F",
  files: [{ id: "A", name: "a.pdf", size: 1, type: "application/pdf", has_preview: false }],
  is_shared: true,
  variables: [],
  version: 3,
  changed_at: "2026-11-26T12:00:00.000Z",
  changed_by: "U",
};

it("is what stands until something of it is another", () => {
  const draft = draftOf(template, ["F"]);
  expect(isSame(draft, draftOf(template, ["F"]))).toBe(true);
  expect(isSame({ ...draft, name: "Hello " }, draft)).toBe(true);
  expect(isSame({ ...draft, shortcut: "/HI" }, draft)).toBe(true);
  expect(isSame({ ...draft, entities: [] }, draft)).toBe(false);
  expect(isSame({ ...draft, files: [] }, draft)).toBe(false);
});

it("lies in no folder where its own is gone", () => {
  expect(draftOf(template, ["G"]).folderId).toBeNull();
});

it("is sent with nothing where nothing was written", () => {
  expect(sendable({ ...emptyDraft, name: " A ", text: " B " })).toEqual({
    name: "A",
    text: " B ",
    entities: [],
    shortcut: null,
    folder_id: null,
    file_ids: [],
    is_shared: false,
  });
});

it("takes a variable in place of what is selected", () => {
  expect(inserted("Dear you!", [5, 8], "{{contact.name}}")).toBe("Dear {{contact.name}}!");
});
