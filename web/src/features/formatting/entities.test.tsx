import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { MessageEntity } from "@/live/types";
import { formatted, safeAddress } from "./entities";

const entity = (type: string, offset: number, length: number, url: string | null = null): MessageEntity => ({
  type,
  offset,
  length,
  url,
});
const html = (text: string, ...entities: MessageEntity[]) =>
  renderToStaticMarkup(<p>{formatted(text, entities)}</p>)
    .replace(/^<p>(.*)<\/p>$/s, "$1")
    .replaceAll(/ class="[^"]*"/g, "");

describe("formatted text", () => {
  it("nests entities that lie inside one another", () => {
    expect(html("one two", entity("bold", 0, 7), entity("italic", 4, 3))).toBe(
      "<strong>one <em>two</em></strong>",
    );
  });

  it("cuts an entity that reaches over the end of the one around it", () => {
    expect(html("abcdef", entity("bold", 0, 4), entity("italic", 2, 4))).toBe(
      "<strong>ab<em>cd</em></strong>ef",
    );
  });

  it("counts in UTF-16 units, so that text after an emoji is right", () => {
    expect(html("🚀 go", entity("code", 3, 2))).toBe("🚀 <code>go</code>");
  });

  it("shows markup as the text it is", () => {
    expect(html("<img src=x>", entity("bold", 0, 4))).toBe("<strong>&lt;img</strong> src=x&gt;");
  });

  it("leaves entities of unknown types and outside of the text as plain text", () => {
    expect(html("abc", entity("sparkle", 0, 2), entity("bold", 9, 2), entity("bold", 1, 0))).toBe("abc");
  });

  it("gives links away without telling where they are clicked", () => {
    expect(html("docs", entity("text_link", 0, 4, "https://example.com/a"))).toBe(
      '<a href="https://example.com/a" target="_blank" rel="noopener noreferrer">docs</a>',
    );
  });
});

describe("an address", () => {
  it.each(["javascript:alert(1)", "data:text/html,x", "vbscript:x", "http://"])(
    "%s opens nothing",
    (address) => {
      expect(safeAddress(address)).toBeNull();
    },
  );

  it.each([
    ["example.com", "https://example.com/"],
    ["example.com:8080/a", "https://example.com:8080/a"],
    ["mailto:a@example.com", "mailto:a@example.com"],
    ["tg://resolve?domain=x", "tg://resolve?domain=x"],
  ])("%s opens %s", (address, opened) => {
    expect(safeAddress(address)).toBe(opened);
  });
});
