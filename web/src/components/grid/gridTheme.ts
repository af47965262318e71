/** Our tokens as the canvas wants them: it cannot read CSS variables. */

import type { Theme } from "@glideapps/glide-data-grid";
import { type ColorName, colors, fonts, type Scheme } from "@/lib/theme/tokens";

/** The grid's theme for one colour scheme; make it anew when the scheme changes. */
export function gridTheme(scheme: Scheme): Partial<Theme> {
  const c = (name: ColorName) => colors[name][scheme];
  return {
    accentColor: c("focus"),
    accentFg: c("surface"),
    accentLight: c("selected"),
    textDark: c("text"),
    textMedium: c("text-secondary"),
    textLight: c("text-muted"),
    textBubble: c("text"),
    bgIconHeader: c("text-muted"),
    fgIconHeader: c("surface"),
    textHeader: c("text-secondary"),
    textHeaderSelected: c("text"),
    bgCell: c("surface"),
    bgCellMedium: c("subtle"),
    bgHeader: c("canvas"),
    bgHeaderHasFocus: c("hover"),
    bgHeaderHovered: c("hover"),
    bgBubble: c("subtle"),
    bgBubbleSelected: c("selected"),
    bgSearchResult: c("warning-subtle"),
    borderColor: c("border-subtle"),
    horizontalBorderColor: c("border-subtle"),
    drilldownBorder: c("border-strong"),
    linkColor: c("accent-text"),
    resizeIndicatorColor: c("focus"),
    cellHorizontalPadding: 12,
    headerFontStyle: "500 12px",
    baseFontStyle: "13px",
    editorFontSize: "13px",
    fontFamily: fonts.sans,
    checkboxMaxSize: 16,
    roundingRadius: 4,
  };
}

const faded = {
  light: { textDark: colors["text-muted"].light },
  dark: { textDark: colors["text-muted"].dark },
};

/** For what is only read. Glide's own faded style falls below 4.5:1. */
export function fadedTheme(scheme: Scheme): Partial<Theme> {
  return faded[scheme];
}

export function peekedRowTheme(scheme: Scheme): Partial<Theme> {
  return { bgCell: colors.selected[scheme] };
}

const summary = { light: summaryIn("light"), dark: summaryIn("dark") };

/** The row under all others reads like the header. */
export function summaryTheme(scheme: Scheme): Partial<Theme> {
  return summary[scheme];
}

function summaryIn(scheme: Scheme): Partial<Theme> {
  return {
    bgCell: colors.canvas[scheme],
    textDark: colors["text-secondary"][scheme],
    baseFontStyle: "500 12px",
  };
}
