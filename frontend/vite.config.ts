import { defineConfig } from "vite";

import { baseMap } from "./build/base-map.ts";
import { chartFile } from "./build/chart-file.ts";
import { iconSprite } from "./build/icon-sprite.ts";
import { licences } from "./build/licences.ts";

// The folder is named by hatch_build.py, which swaps it in when the build is whole.
const outDir = process.env["BLO_UI_OUT"] ?? "../src/borderliaison/ui/static/build";

export default defineConfig({
  base: "/static/build/",
  publicDir: false,
  plugins: [
    iconSprite({ list: "icons.txt", name: "icons.svg" }),
    baseMap("base-map.json"),
    chartFile("chart-file"),
    licences("licences.txt"),
  ],
  build: {
    outDir,
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsDir: ".",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    cssTarget: ["chrome109", "firefox115", "safari16"],
    reportCompressedSize: false,
    // MapLibre alone is larger than what is warned of; only pages with a map fetch it.
    chunkSizeWarningLimit: 1_200,
    // htmx carries an eval that allowEval=false and the CSP never let it reach.
    rolldownOptions: { input: { main: "src/main.ts" }, checks: { eval: false } },
  },
});
