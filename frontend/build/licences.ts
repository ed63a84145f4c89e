/** Puts the licences of what the build ships beside it, as the packages themselves carry them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import type { Plugin } from "vite";

interface About {
  name: string;
  version: string;
  license: string;
  dependencies?: Record<string, string>;
}

const root = resolve(import.meta.dirname, "..");
/** Licences of packages that bring no file of their own. */
const lacking = join(root, "licences");

function about(name: string): About {
  return JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")) as About;
}

function textOf(name: string): string {
  const folder = join(root, "node_modules", name);
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const path = file ? join(folder, file) : join(lacking, `${name}.txt`);
  if (!existsSync(path)) throw new Error(`${name} brings no licence`);
  return readFileSync(path, "utf8").trim();
}

/** These packages and what they are made of; types ship nothing. */
function whole(names: string[], found = new Set<string>()): Set<string> {
  for (const name of names) {
    if (found.has(name) || name.startsWith("@types/")) continue;
    found.add(name);
    whole(Object.keys(about(name).dependencies ?? {}), found);
  }
  return found;
}

function licenceOf(name: string): string {
  const { version, license } = about(name);
  return `${name} ${version} (${license})\n\n${textOf(name)}\n`;
}

export function licences(fileName: string): Plugin {
  return {
    name: "licences",
    apply: "build",
    buildStart() {
      const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as About;
      const texts = [...whole(Object.keys(dependencies ?? {}))].sort().map(licenceOf);
      this.emitFile({ type: "asset", fileName, source: texts.join(`\n${"=".repeat(80)}\n\n`) });
    },
  };
}
