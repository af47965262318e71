/** The design tokens: every colour of the product, for both schemes. Nothing else in the app names a colour. */

import type { Hue } from "@/lib/api/types";

export type Scheme = "light" | "dark";

type Pair = Record<Scheme, string>;

const pair = (light: string, dark: string): Pair => ({ light, dark });

/** Colours by role. Exposed to CSS as `--c-<name>`. */
export const colors = {
  canvas: pair("#F6F7F9", "#101317"),
  surface: pair("#FFFFFF", "#171B20"),
  subtle: pair("#F0F2F5", "#1E2329"),
  hover: pair("#EAEDF1", "#252B32"),
  selected: pair("#E1EDFC", "#1A3353"),
  "border-subtle": pair("#E1E5EA", "#2B323A"),
  "border-strong": pair("#7E8792", "#7A8591"),
  text: pair("#15181C", "#E9EDF1"),
  "text-secondary": pair("#464E58", "#BAC3CC"),
  "text-muted": pair("#5B646F", "#9BA6B1"),
  "on-solid": pair("#FFFFFF", "#FFFFFF"),
  accent: pair("#1766C2", "#2A72D4"),
  "accent-hover": pair("#1256A6", "#2466C2"),
  "accent-text": pair("#1459AD", "#86BAFF"),
  "accent-subtle": pair("#E1EDFC", "#1A3353"),
  focus: pair("#1766C2", "#6AA8FF"),
  danger: pair("#C4302B", "#C93F3A"),
  "danger-hover": pair("#A8231F", "#B23631"),
  "danger-text": pair("#A8231F", "#FF9F98"),
  "danger-subtle": pair("#FDEBEA", "#401B1B"),
  warning: pair("#9A5B00", "#9A5B00"),
  "warning-text": pair("#7A4600", "#F3C271"),
  "warning-subtle": pair("#FFF1D1", "#3A2A0C"),
  success: pair("#147A46", "#17804A"),
  "success-text": pair("#0C6238", "#74D79E"),
  "success-subtle": pair("#E1F5E9", "#12331F"),
  "bubble-in": pair("#FFFFFF", "#1E2329"),
  "bubble-out": pair("#DDEBFC", "#1C3A5E"),
  "bubble-meta": pair("#4F5863", "#B3BEC9"),
  "comment-bg": pair("#FFF4D6", "#3A2F14"),
  "comment-text": pair("#5A4300", "#F1DDA6"),
} as const satisfies Record<string, Pair>;

export type ColorName = keyof typeof colors;

/** Select-option hues. Exposed to CSS as `--hue-<name>-bg` and `--hue-<name>-text`; rows store the name. */
export const hues: Record<Hue, { bg: Pair; text: Pair }> = {
  gray: { bg: pair("#ECEFF2", "#2A3138"), text: pair("#3F4852", "#C6CFD8") },
  red: { bg: pair("#FDE7E6", "#452020"), text: pair("#9E1F1B", "#FFABA4") },
  orange: { bg: pair("#FFEBDD", "#43270F"), text: pair("#8A3D00", "#FFB98A") },
  amber: { bg: pair("#FFF1CC", "#3A2C0A"), text: pair("#6F4A00", "#F2CD7D") },
  lime: { bg: pair("#EDF7D4", "#28330E"), text: pair("#435C00", "#C3DE7F") },
  green: { bg: pair("#DFF4E7", "#12331F"), text: pair("#0B5E36", "#86DDAC") },
  teal: { bg: pair("#D9F4F1", "#0F3331"), text: pair("#0A5A55", "#7ADBD2") },
  blue: { bg: pair("#DFECFD", "#173152"), text: pair("#124F9A", "#97C3FF") },
  violet: { bg: pair("#ECE7FD", "#2D2450"), text: pair("#5030A8", "#C7B6FF") },
  pink: { bg: pair("#FCE5F1", "#431B31"), text: pair("#94185C", "#FFA9D4") },
};

export const hueNames = Object.keys(hues) as Hue[];

/** Mantine wants ten shades of the brand and of its dark greys. */
export const brandTuple = [
  "#EEF4FD",
  "#E1EDFC",
  "#C4DCF9",
  "#97C3F5",
  "#6AA8FF",
  "#3F8BEA",
  "#2A72D4",
  "#1766C2",
  "#1256A6",
  "#0E4586",
] as const;

export const darkTuple = [
  "#E9EDF1",
  "#BAC3CC",
  "#9BA6B1",
  "#7A8591",
  "#3A434D",
  "#2B323A",
  "#1E2329",
  "#171B20",
  "#101317",
  "#0B0D10",
] as const;

/** Type, in rem, with its line height. */
export const type = {
  xs: { size: "0.75rem", line: "1.3333" },
  sm: { size: "0.8125rem", line: "1.3846" },
  md: { size: "0.875rem", line: "1.4286" },
  lg: { size: "1rem", line: "1.5" },
  xl: { size: "1.25rem", line: "1.4" },
} as const;

export const fonts = {
  sans: '"Inter Variable", system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  mono: "ui-monospace, SFMono-Regular, Menlo, monospace",
} as const;

/** Stacking, lowest first. */
export const layers = {
  banner: 100,
  drawer: 200,
  dialog: 300,
  gridEditor: 350,
  palette: 400,
  toast: 500,
} as const;

/** The variables of one scheme, as CSS custom properties. */
export function cssVariables(scheme: Scheme): Record<string, string> {
  const named = Object.entries(colors).map(([name, value]) => [`--c-${name}`, value[scheme]]);
  const hued = Object.entries(hues).flatMap(([name, hue]) => [
    [`--hue-${name}-bg`, hue.bg[scheme]],
    [`--hue-${name}-text`, hue.text[scheme]],
  ]);
  return Object.fromEntries([...named, ...hued]);
}
