import { linguiTransformerBabelPreset } from "@lingui/vite-plugin";
import babel from "@rolldown/plugin-babel";
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import type { CodeSplittingGroup } from "rolldown";
import { defineConfig, type ModulePreloadOptions } from "vite";

import { compiledMessages } from "./vite/compiledMessages";
import { glideEditor } from "./vite/glideEditor";

const origin = process.env.WIREROOM_DEV_ORIGIN ?? "http://localhost:8480";

/**
 * Cut up by who else uses a piece, code compresses a tenth worse: what is loaded together is one file, with what it
 * imports. What other pages share with the inbox goes with the frame around them, which they load anyway, and what pages
 * outside of a workspace share with it is a file of its own, so that nobody who signs in loads chats.
 */
const groups: CodeSplittingGroup[] = [
  { name: "first", tags: ["$initial"], priority: 3 },
  {
    name: "shared",
    test: /\/(ActionIcon|VisuallyHidden|check|clock|notify|pageTitle|roles|_signed)\.(tsx?|mjs)(\?tsr-split|$)/,
    priority: 2,
  },
  {
    name: "workspace",
    test: new RegExp(
      "/((WorkspaceGate|WorkspaceShell|ChatsProvider|LiveProvider|PageHeader)\\.tsx$|\\$ws\\.tsx\\?tsr-split=component" +
        "|fields/(cardFields|columnsQuery|openValueField)\\.ts$|views/viewsQuery\\.ts$)",
    ),
    priority: 1,
  },
  {
    name: "inbox",
    test: /\/(InboxScreen|Conversation|FileCard|\$ws\/inbox|inbox\/\$chatId)\.tsx(\?tsr-split|$)/,
  },
  { name: "list", test: /\/components\/(ListScreen|Panel)\.tsx$/ },
  { name: "kept", test: /\/(kept\/(opening|journal|names)|chats\/changes)\.ts$/ },
];

/**
 * The names of all that every page and dialog brings along would be 8 KiB of each visit's first script. The browser
 * reads them from the piece itself, a roundtrip later; pages are fetched when the pointer nears their link.
 */
const modulePreload: ModulePreloadOptions = {
  resolveDependencies: (_file, names, { hostType }) => (hostType === "html" ? names : []),
};

export default defineConfig({
  plugins: [
    glideEditor(),
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
  optimizeDeps: { rolldownOptions: { plugins: [glideEditor()] } },
  build: {
    target: "es2023",
    modulePreload,
    sourcemap: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: { output: { codeSplitting: { groups } } },
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
