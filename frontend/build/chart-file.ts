/**
 * Builds the script and the styles of a chart that is one file: each whole, for the server puts them into it.
 *
 * It is a build of its own, for the pages' scripts come in parts that fetch each other.
 */
import { resolve } from "node:path";

import { build, type Plugin } from "vite";

const ENTRY = "src/chart/file/index.ts";

export function chartFile(name: string): Plugin {
  return {
    name: "chart-file",
    apply: "build",
    async buildStart() {
      const root = resolve(import.meta.dirname, "..");
      const made = await build({
        root,
        configFile: false,
        publicDir: false,
        logLevel: "warn",
        build: {
          write: false,
          target: "es2022",
          cssTarget: ["chrome109", "firefox115", "safari16"],
          reportCompressedSize: false,
          modulePreload: false,
          cssCodeSplit: false,
          rolldownOptions: { input: resolve(root, ENTRY), output: { format: "iife" } },
        },
      });
      const parts = (Array.isArray(made) ? made : [made]).flatMap((one) => ("output" in one ? one.output : []));
      for (const one of parts) {
        const kind = one.fileName.endsWith(".css") ? "css" : "js";
        const source = one.type === "chunk" ? one.code : one.source;
        this.emitFile({ type: "asset", name: `${name}.${kind}`, originalFileName: `${name}.${kind}`, source });
      }
    },
  };
}
