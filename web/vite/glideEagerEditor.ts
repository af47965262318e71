import type { Plugin } from "vite";

const LAZY_IMPORT = /React\.lazy\(async \(\) => await import\((["'][^"']+["'])\)\)/g;

/**
 * Bundles Glide's cell editor statically.
 *
 * Under React 19 the first edit loses its first keystrokes while the lazy editor chunk loads.
 * Gone when Glide no longer contains `React.lazy(`: then this plugin changes nothing and can be removed.
 */
export function glideEagerEditor(): Plugin {
  return {
    name: "glide-eager-editor",
    enforce: "pre",
    transform(code, id) {
      if (!id.includes("glide-data-grid/dist/esm/") || !code.includes("React.lazy(")) return null;
      const imports: string[] = [];
      const body = code.replace(LAZY_IMPORT, (_match, source: string) => {
        const name = `eagerEditor${imports.length}`;
        imports.push(`import ${name} from ${source};`);
        return name;
      });
      return { code: `${imports.join("\n")}\n${body}`, map: null };
    },
  };
}
