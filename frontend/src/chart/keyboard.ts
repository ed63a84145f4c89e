/** The keys of the chart: arrows go from item to item as they stand, the rest as in every list. */
import type { Drawing } from "./drawing/undrawn.ts";
import type { Sheet } from "./sheet.ts";

/** What the keys ask of the chart. */
export interface Host {
  piece<T extends HTMLElement>(name: string): T;
  readonly sheet: Sheet;
  readonly canvas: Drawing;
  readonly chosen: ReadonlySet<string>;
  /** Whether something is lifted out, stands out or is chosen. */
  readonly holds: boolean;
  choose(keys: Iterable<string>, more?: boolean): void;
  hide(keys: Iterable<string>, hidden: boolean): void;
  openTab(name: string): void;
  letGo(): void;
  save(): Promise<void>;
  doing(act: string): void;
}

type Way = readonly [dx: number, dy: number];

const WAYS: Record<string, Way> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Keyboard {
  constructor(
    private readonly host: Host,
    signal: AbortSignal,
  ) {
    host.piece("stage").addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("keydown", (event) => this.chord(event), { signal, capture: true });
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const { host } = this;
    const way = WAYS[event.key];
    if (way) this.step(way, event.shiftKey);
    else if (event.key === "Enter" || event.key === " ") host.openTab("item");
    else if (event.key === "Delete") host.hide(host.chosen, true);
    else if (event.key === "+" || event.key === "=") host.canvas.zoom(1.3);
    else if (event.key === "-") host.canvas.zoom(1 / 1.3);
    else if (event.key === "0") host.canvas.fit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private step([dx, dy]: Way, more: boolean): void {
    const { canvas, chosen, sheet } = this.host;
    const from = canvas.spot([...chosen].at(-1) ?? "") ?? { x: 0, y: 0 };
    let best: { key: string; cost: number } | null = null;
    for (const { key } of sheet.shown) {
      const spot = canvas.spot(key);
      if (!spot || chosen.has(key)) continue;
      const ahead = (spot.x - from.x) * dx + (spot.y - from.y) * dy;
      const aside = Math.abs((spot.x - from.x) * dy) + Math.abs((spot.y - from.y) * dx);
      const cost = ahead + 2 * aside;
      if (ahead > 1 && (!best || cost < best.cost)) best = { key, cost };
    }
    if (!best) return;
    this.host.choose([best.key], more);
    canvas.reveal(best.key);
  }

  /** Keys of the whole page. Esc first lets go of what is chosen; only then it leads back. */
  private chord(event: KeyboardEvent): void {
    const { host } = this;
    const inField = event.target instanceof Element && event.target.matches("input, textarea, select");
    if (event.key === "Escape" && !inField && host.holds && !document.querySelector("dialog[open]")) {
      host.letGo();
      return event.preventDefault();
    }
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.code === "KeyS") void host.save();
    else if (inField) return;
    else if (event.code === "KeyZ" && !event.shiftKey) host.doing("undo");
    else if (event.code === "KeyY" || (event.code === "KeyZ" && event.shiftKey)) host.doing("redo");
    else if (event.code === "KeyA") host.doing("all");
    else return;
    event.preventDefault();
  }
}
