/** Small signs of the column types for the canvas header, drawn as SVG text. */

import type { SpriteMap } from "@glideapps/glide-data-grid";

const drawn =
  (paths: string) =>
  ({ bgColor }: { fgColor: string; bgColor: string }) =>
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" fill="none" stroke="${bgColor}" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">${paths}</svg>`;

export const headerIcons: SpriteMap = {
  text: drawn('<path d="M4 5h12M10 5v11M8 16h4"/>'),
  long_text: drawn('<path d="M4 5h12M4 9h12M4 13h12M4 17h7"/>'),
  number: drawn('<path d="M7 3l-2 14M15 3l-2 14M3 8h14M3 13h14"/>'),
  date: drawn('<rect x="3" y="4" width="14" height="13" rx="2"/><path d="M3 8h14M7 2v4M13 2v4"/>'),
  select: drawn('<circle cx="10" cy="10" r="7"/><path d="M7.5 9l2.5 2.5L12.5 9"/>'),
  multiselect: drawn('<path d="M3 10.5V4h6.5l7 7-6.5 6.5zM6.5 7.5h.01"/>'),
  person: drawn('<circle cx="10" cy="7" r="3"/><path d="M4 17c0-3.5 3-5 6-5s6 1.5 6 5"/>'),
  files: drawn('<path d="M13.5 6l-6 6a2 2 0 003 3l6-6a4 4 0 00-5.7-5.7l-6 6a6 6 0 008.5 8.5l4.2-4.2"/>'),
  checkbox: drawn('<rect x="3" y="3" width="14" height="14" rx="3"/><path d="M6.5 10l2.5 2.5 4.5-5"/>'),
};
