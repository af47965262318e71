/** A QR code as one path of an SVG, always dark on white so that phones can read it. */

import { encode } from "uqr";

const QUIET_ZONE = 2;

/** One square of path for each dark module. */
export function pathOf(modules: boolean[][]): string {
  const rows = modules.map((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")).join(""));
  return rows.join("");
}

/** `label` says what to scan it with; `size` is in pixels. */
export function QrCode({ text, size, label }: { text: string; size: number; label: string }) {
  const { data, size: modules } = encode(text, { border: QUIET_ZONE, ecc: "M" });
  return (
    <svg
      role="img"
      aria-label={label}
      width={size}
      height={size}
      viewBox={`0 0 ${modules} ${modules}`}
      shapeRendering="crispEdges"
    >
      <rect width={modules} height={modules} fill="#fff" />
      <path d={pathOf(data)} fill="#000" />
    </svg>
  );
}
