/** Mantine, spoken to in our tokens. */

import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

import {
  brandTuple,
  type ColorName,
  cssVariables,
  darkTuple,
  fonts,
  layers,
  type Scheme,
  type,
} from "./tokens";

const sizes = <K extends "size" | "line">(key: K) =>
  Object.fromEntries(Object.entries(type).map(([name, value]) => [name, value[key]]));

export const theme = createTheme({
  primaryColor: "brand",
  primaryShade: { light: 7, dark: 7 },
  colors: {
    brand: brandTuple as unknown as MantineColorsTuple,
    dark: darkTuple as unknown as MantineColorsTuple,
  },
  autoContrast: false,
  respectReducedMotion: true,
  fontFamily: fonts.sans,
  fontFamilyMonospace: fonts.mono,
  fontSizes: sizes("size"),
  lineHeights: sizes("line"),
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "12px", xl: "16px" },
  defaultRadius: "sm",
  cursorType: "pointer",
  headings: {
    fontFamily: fonts.sans,
    fontWeight: "600",
    sizes: {
      h1: { fontSize: type.xl.size, lineHeight: type.xl.line },
      h2: { fontSize: type.lg.size, lineHeight: type.lg.line },
      h3: { fontSize: type.md.size, lineHeight: type.md.line },
    },
  },
  // Plain objects: `X.extend` would pull each component into the first chunk.
  components: {
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray" } },
    Badge: { defaultProps: { tt: "none", radius: "xs", fw: 500 } },
    Drawer: { defaultProps: { zIndex: layers.drawer } },
    Menu: { defaultProps: { shadow: "md", radius: "md", withInitialFocusPlaceholder: false } },
    Modal: { defaultProps: { centered: true, radius: "lg", padding: "xl", zIndex: layers.dialog } },
    Popover: { defaultProps: { shadow: "md", radius: "md" } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false } },
  },
});

const c = (name: ColorName) => `var(--c-${name})`;

/** One Mantine colour family (filled, light, outline …) bound to one token family. */
function family(mantine: string, token: "accent" | "danger" | "warning" | "success", hover: ColorName) {
  const root = `--mantine-color-${mantine}`;
  return {
    [`${root}-filled`]: c(token),
    [`${root}-filled-hover`]: c(hover),
    [`${root}-light`]: c(`${token}-subtle`),
    [`${root}-light-hover`]: c(`${token}-subtle`),
    [`${root}-light-color`]: c(`${token}-text`),
    [`${root}-text`]: c(`${token}-text`),
    [`${root}-outline`]: c(`${token}-text`),
    [`${root}-outline-hover`]: c(`${token}-subtle`),
  };
}

const bindings = {
  "--mantine-color-body": c("surface"),
  "--mantine-color-text": c("text"),
  "--mantine-color-bright": c("text"),
  "--mantine-color-dimmed": c("text-muted"),
  "--mantine-color-placeholder": c("text-muted"),
  "--mantine-color-anchor": c("accent-text"),
  "--mantine-color-error": c("danger-text"),
  "--mantine-color-default": c("surface"),
  "--mantine-color-default-hover": c("hover"),
  "--mantine-color-default-color": c("text"),
  "--mantine-color-default-border": c("border-subtle"),
  "--mantine-color-disabled": c("subtle"),
  "--mantine-color-disabled-color": c("text-muted"),
  "--mantine-color-disabled-border": c("border-subtle"),
  "--mantine-color-gray-text": c("text-secondary"),
  "--mantine-color-gray-light": c("subtle"),
  "--mantine-color-gray-light-hover": c("hover"),
  "--mantine-color-gray-light-color": c("text-secondary"),
  "--mantine-primary-color-contrast": c("on-solid"),
  ...family("brand", "accent", "accent-hover"),
  ...family("red", "danger", "danger-hover"),
  ...family("yellow", "warning", "warning"),
  ...family("green", "success", "success"),
};

const schemeVariables = (scheme: Scheme) => ({ ...cssVariables(scheme), ...bindings });

/** Puts the tokens and Mantine's own variables on `:root`, once for each scheme. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: schemeVariables("light"),
  dark: schemeVariables("dark"),
});
