/** Bundles what a bench runs in a browser: `npm run bench:filter -- --file <where>`. */

import { defineConfig } from "rolldown";

export default defineConfig({
  input: new URL("./filter100k.ts", import.meta.url).pathname,
  output: { format: "iife" },
  resolve: { alias: { "@": new URL("../src", import.meta.url).pathname } },
});
