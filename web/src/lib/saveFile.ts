/** Hands a file behind a link to the browser, which saves it. */

/** The link answers with `Content-Disposition: attachment`, so the page stays where it is. */
export function saveFile(link: string): void {
  const anchor = document.createElement("a");
  anchor.href = link;
  anchor.rel = "noopener";
  anchor.click();
}
