import { MantineProvider } from "@mantine/core";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";

import "@/lib/i18n";

import { Markdown } from "./Markdown";

/** The drawn text without classes, and without what Mantine puts around it. */
const html = (text: string, title = "Terms of use") =>
  renderToStaticMarkup(
    <MantineProvider>
      <Markdown text={text} title={title} />
    </MantineProvider>,
  )
    .replace(/^.*?<div class="[^"]*">(.*)<\/div>$/s, "$1")
    .replaceAll(/ (class|style|data-[a-z-]+)="[^"]*"/g, "");

describe("a legal text", () => {
  it("has paragraphs, emphasis and headings below the page's own", () => {
    expect(html("## Ending it\n\nAt **any** time, in *its* `settings`.")).toBe(
      "<h3>Ending it</h3><p>At <strong>any</strong> time, in <em>its</em> <code>settings</code>.</p>",
    );
  });

  it("does not repeat the page's title, and keeps every other heading", () => {
    expect(html("# Terms of use\n\nOne.")).toBe("<p>One.</p>");
    expect(html("# Another title\n\nOne.")).toBe("<h2>Another title</h2><p>One.</p>");
  });

  it("shows markup as the text it is", () => {
    expect(html("a <img src=x onerror=alert(1)> b")).toBe("<p>a &lt;img src=x onerror=alert(1)&gt; b</p>");
    expect(html("<script>alert(1)</script>")).not.toContain("<script>");
  });

  it("opens links of the site and of safe schemes only", () => {
    expect(html("[privacy](/legal/privacy)")).toBe(
      '<p><a href="/legal/privacy" rel="noopener noreferrer">privacy</a></p>',
    );
    expect(html("[mail](mailto:a@example.com)")).toContain('href="mailto:a@example.com"');
    expect(html("[a](javascript:alert(1)) [b](//evil.example)")).toBe(
      '<p>a <a href="https://evil.example/" rel="noopener noreferrer">b</a></p>',
    );
  });

  it("draws a table cell by cell", () => {
    const table = html("| Who | For what |\n| --- | --- |\n| Amazon | mail |\n");
    expect(table).toContain("<th>Who</th><th>For what</th>");
    expect(table).toContain("<td>Amazon</td><td>mail</td>");
  });
});
