import { lingui, linguiTransformerBabelPreset } from "@lingui/vite-plugin";
import babel from "@rolldown/plugin-babel";
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

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
    lingui(),
    babel({ presets: [linguiTransformerBabelPreset()] }),
  ],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  optimizeDeps: { rolldownOptions: { plugins: [glideEagerEditor()] } },
  build: { target: "es2023", sourcemap: false, chunkSizeWarningLimit: 700 },
  server: {
    host: "127.0.0.1",
    proxy: {
      "/api": { target: origin, changeOrigin: true },
      "/live": { target: origin, changeOrigin: true, ws: true },
      "/dev": { target: origin, changeOrigin: true },
    },
  },
});
