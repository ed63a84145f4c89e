/** Puts the licences of what the build ships beside it, as the packages themselves carry them. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import type { Plugin } from "vite";

interface About {
  name: string;
  version: string;
  license: string;
}

const root = resolve(import.meta.dirname, "..");

function licenceOf(name: string): string {
  const folder = join(root, "node_modules", name);
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as About;
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (!file) throw new Error(`${name} brings no licence`);
  const text = readFileSync(join(folder, file), "utf8").trim();
  return `${about.name} ${about.version} (${about.license})\n\n${text}\n`;
}

export function licences(fileName: string): Plugin {
  return {
    name: "licences",
    apply: "build",
    buildStart() {
      const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
        dependencies: Record<string, string>;
      };
      const texts = Object.keys(dependencies).sort().map(licenceOf);
      this.emitFile({ type: "asset", fileName, source: texts.join(`\n${"=".repeat(80)}\n\n`) });
    },
  };
}
