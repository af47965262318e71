import { linguiTransformerBabelPreset } from "@lingui/vite-plugin";
import babel from "@rolldown/plugin-babel";
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

import { compiledMessages } from "./vite/compiledMessages";
import { glideEagerEditor } from "./vite/glideEagerEditor";

const origin = process.env.WIREROOM_DEV_ORIGIN ?? "http://localhost:8480";

export default defineConfig({
  plugins: [
    glideEagerEditor(),
    tanstackRouter({
      target: "react",
      autoCodeSplitting: true,
      routesDirectory: "./src/app/routes",
      generatedRouteTree: "./src/app/routeTree.gen.ts",
    }),
    react(),
    babel({ presets: [linguiTransformerBabelPreset({ descriptorFields: "message" })] }),
    compiledMessages(),
  ],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  optimizeDeps: { rolldownOptions: { plugins: [glideEagerEditor()] } },
  build: {
    target: "es2023",
    sourcemap: false,
    chunkSizeWarningLimit: 700,
    // What every visit loads anyway is one file: cut up by who else uses a piece, it compresses a tenth worse.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "first", tags: ["$initial"] }] } } },
  },
  server: {
    host: "127.0.0.1",
    proxy: {
      "/api": { target: origin, changeOrigin: true },
      "/live": { target: origin, changeOrigin: true, ws: true },
      "/dev": { target: origin, changeOrigin: true },
    },
  },
});
