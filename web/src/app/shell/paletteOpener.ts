/** How parts of the frame open the command palette. */

import { createContext, useContext } from "react";

const PaletteOpener = createContext<() => void>(() => {});

export const PaletteOpenerProvider = PaletteOpener.Provider;

export function usePaletteOpener(): () => void {
  return useContext(PaletteOpener);
}
