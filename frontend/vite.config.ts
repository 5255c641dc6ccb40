import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { firstPaint } from "./vite.firstpaint.ts";
import { frontPages } from "./vite.front.ts";
import { themeAsCss } from "./vite.theme.ts";

// The address of the local stack, as `make run` prints it. Only the development server uses it.
const stack = process.env.DOCKET_SITE ?? "http://127.0.0.1:4566";

const FRONT_TESTS = "src/front/**/*.test.ts";
const source = fileURLToPath(new URL("./src", import.meta.url));
const messages = fileURLToPath(new URL("../layers/core/python/docket/messages", import.meta.url));

export default defineConfig({
  plugins: [react(), themeAsCss(), firstPaint(), frontPages()],
  resolve: {
    alias: {
      "@": source,
      "@emotion/use-insertion-effect-with-fallbacks": `${source}/theme/insertionEffect.ts`,
    },
  },
  server: {
    // The messages of the API's codes are outside this folder.
    fs: { allow: [fileURLToPath(new URL(".", import.meta.url)), messages] },
    proxy: {
      "/api": { target: stack, changeOrigin: true },
      "/config.json": { target: stack, changeOrigin: true },
    },
  },
  build: {
    target: "es2023",
    // No inlining: the Content-Security-Policy forbids data: URLs of fonts and scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Three files instead of forty, which compress worse: React, the code of every page, the code of member pages.
    rolldownOptions: {
      input: fileURLToPath(new URL("./app.html", import.meta.url)),
      output: {
        codeSplitting: {
          groups: [
            { name: "preload", test: /preload-helper/, priority: 4 },
            { name: "react", test: /node_modules\/(react|react-dom|scheduler)\//, priority: 3 },
            { name: "site", test: /src\/(app\/start\.tsx|lib\/api\/call\.ts)$/, priority: 2 },
            { name: "members", test: /src\/app\/MembersArea\.tsx$/, priority: 1 },
          ],
        },
      },
    },
  },
  worker: { format: "es" },
  test: {
    restoreMocks: true,
    testTimeout: 60_000, // on a busy machine; no test asserts a duration
    projects: [
      {
        extends: true,
        test: {
          name: "app",
          environment: "happy-dom",
          setupFiles: ["src/testing/setup.ts"],
          include: ["src/**/*.test.{ts,tsx}"],
          exclude: [FRONT_TESTS],
        },
      },
      // Without a document, as in the build, Emotion yields the rules of what is rendered.
      { extends: true, test: { name: "front", environment: "node", include: [FRONT_TESTS] } },
    ],
  },
});
