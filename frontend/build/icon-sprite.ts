/** Joins the Tabler icons named in a list into one SVG sprite, one symbol each. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import type { Plugin } from "vite";

interface SpriteOptions {
  /** The file that names the icons, one a line; `#` starts a remark. */
  list: string;
  /** The name of the sprite in the manifest. */
  name: string;
}

const tabler = resolve(import.meta.dirname, "../node_modules/@tabler/icons");
const own = resolve(import.meta.dirname, "../src/icons");

function readList(path: string): string[] {
  const lines = readFileSync(path, "utf8").split("\n");
  return [...new Set(lines.map((line) => line.replace(/#.*/, "").trim()).filter(Boolean))].sort();
}

function readIcon(name: string): string {
  const path = name.startsWith("own-")
    ? join(own, `${name.slice(4)}.svg`)
    : join(tabler, "icons/outline", `${name}.svg`);
  return readFileSync(path, "utf8");
}

function toSymbol(name: string): string {
  const svg = readIcon(name).replace(/<!--[\s\S]*?-->/g, "");
  const inner = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  const shapes = inner
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "")
    .replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
}

export function iconSprite(options: SpriteOptions): Plugin {
  return {
    name: "icon-sprite",
    apply: "build",
    buildStart() {
      const list = resolve(import.meta.dirname, "..", options.list);
      this.addWatchFile(list);
      const symbols = readList(list).map(toSymbol).join("\n");
      this.emitFile({
        type: "asset",
        name: options.name,
        originalFileName: options.name,
        source: `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols}\n</svg>\n`,
      });
      this.emitFile({
        type: "asset",
        name: "favicon.svg",
        originalFileName: "favicon.svg",
        source: readFileSync(join(own, "favicon.svg")),
      });
    },
  };
}
