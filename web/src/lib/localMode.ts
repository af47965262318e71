/** Whether this page is served by `make run`, where a demo phone stands in for a real one. */

export const isLocalMode =
  document.querySelector('meta[name="wireroom-local"]')?.getAttribute("content") === "1";
