import type { Plugin } from "vite";

const LAZY_IMPORT = /React\.lazy\(async \(\) => await import\((["'][^"']+["'])\)\)/g;
const OVERLAY = "glide-data-grid/dist/esm/internal/data-grid-overlay-editor/data-grid-overlay-editor.js";
const TIMER = "window.setTimeout(() => {";
const OF_THIS_KEY = `if (!save && event.key !== "Escape") return;\n        ${TIMER}`;

/**
 * Mends Glide's cell editor where it loses what is typed. Each part changes nothing once Glide is mended.
 *
 * Under React 19 the first edit loses its first keystrokes while the lazy editor chunk loads: it is bundled statically.
 *
 * Every key sets a timer that closes the editor where a key has asked for that. On a busy machine the timer of the last
 * letter may run after Enter was pressed and close it without saving: letters set none any more.
 */
export function glideEditor(): Plugin {
  return {
    name: "glide-editor",
    enforce: "pre",
    transform(code, id) {
      if (id.split("?")[0]?.endsWith(OVERLAY)) return { code: withoutTimersOfLetters(code), map: null };
      if (!id.includes("glide-data-grid/dist/esm/") || !code.includes("React.lazy(")) return null;
      return { code: withoutLazyEditor(code), map: null };
    },
  };
}

function withoutTimersOfLetters(code: string): string {
  return code.replace(TIMER, OF_THIS_KEY);
}

function withoutLazyEditor(code: string): string {
  const imports: string[] = [];
  const body = code.replace(LAZY_IMPORT, (_match, source: string) => {
    const name = `eagerEditor${imports.length}`;
    imports.push(`import ${name} from ${source};`);
    return name;
  });
  return `${imports.join("\n")}\n${body}`;
}
