/** Keys as people know them. */

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

const NAMES: Record<string, string> = {
  $mod: isApple ? "⌘" : "Ctrl",
  Control: isApple ? "⌃" : "Ctrl",
  Alt: isApple ? "⌥" : "Alt",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
};

/** "$mod+k" becomes ["Ctrl", "K"]; "g i" becomes ["G", "I"]; "Shift+?" becomes ["?"]. */
export function keyNames(keys: string): string[] {
  return keys
    .replace("Shift+?", "?")
    .split(/[ +]/)
    .map((key) => NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key));
}
