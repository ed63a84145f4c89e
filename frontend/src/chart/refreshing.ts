/**
 * Keeps an open chart true while records change.
 *
 * What was withdrawn vanishes at once, whatever one is doing. What is new is drawn at once where nothing is
 * being edited; else a line says what it is, and a click draws it.
 */
import { isField } from "../page.ts";
import { type Changes, changesIn } from "./changes.ts";
import type { Chart } from "./host.ts";
import type { Piece } from "./model.ts";
import { Refused } from "./server.ts";

/** What happens within this is asked for at once. */
const SETTLE_MS = 250;
/** After a failure it is asked again, each time later. */
const AGAIN_MS = { first: 5_000, last: 60_000 };

interface Host extends Chart {
  /** Those that are one now are one here, whatever was chosen, lit or found of them. */
  rename(aliases: Readonly<Record<string, string>>): void;
  /** Draw what the records say now of these. */
  renew(about: ReadonlySet<string>): void;
}

export class Refreshing {
  private waiting: number | undefined;
  private asking = false;
  private pause = 0;
  /** Whether something was heard that waits until nothing is shown to others. */
  private isBehind = false;
  /** Links that are new and not drawn yet. */
  private pending: Piece | null = null;
  private about: ReadonlySet<string> = new Set();

  constructor(
    private readonly chart: Host,
    private readonly ended: AbortSignal,
  ) {
    document.body.addEventListener("feed:records", () => this.soon(), { signal: ended });
    // A press here takes the focus from nothing: what is being written would be kept, and the line move away.
    chart.piece("news").addEventListener("mousedown", (event) => event.preventDefault());
    chart.piece("news-show").addEventListener("click", () => this.show());
    chart.piece("news-close").addEventListener("click", () => this.close());
    ended.addEventListener("abort", () => window.clearTimeout(this.waiting));
  }

  /** What was held back may be drawn now. */
  catchUp(): void {
    if (this.isBehind) this.soon();
    this.isBehind = false;
  }

  private soon(after = SETTLE_MS): void {
    this.waiting ??= window.setTimeout(() => void this.look(), after);
  }

  private async look(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    this.waiting = undefined;
    const began = performance.now();
    const { sheet, server } = this.chart;
    const known = new Set(sheet.items.keys());
    try {
      const piece = await server.gatherAgain([...known]);
      if (!this.ended.aborted) this.heard(piece, known);
      this.pause = 0;
    } catch (error) {
      this.pause = error instanceof Refused ? 0 : Math.min(AGAIN_MS.last, Math.max(AGAIN_MS.first, 2 * this.pause));
    }
    this.asking = false;
    const again = this.waiting !== undefined || this.pause > 0;
    window.clearTimeout(this.waiting);
    this.waiting = undefined;
    // A chart of thousands takes a while to be told anew; it is not asked for all the time.
    if (again && !this.ended.aborted) this.soon(Math.max(SETTLE_MS, this.pause, 2 * (performance.now() - began)));
  }

  private heard(piece: Piece, asked: ReadonlySet<string>): void {
    const { chart } = this;
    const changes = changesIn(chart.sheet, piece, asked);
    const left = [...changes.gone].filter((key) => chart.sheet.placed.has(key)).length;
    const { gone, lost, again, changed, links, more } = changes;
    if (chart.isPresented) return this.withhold(new Set([...gone].filter((key) => !(key in piece.aliases))), lost);
    chart.rename(piece.aliases);
    chart.sheet.forget(gone, lost);
    chart.sheet.know({ ...piece, links: again });
    if (gone.size || lost.length || changed.size) chart.renew(new Set([...gone, ...changed]));
    this.pending = links.length ? { ...piece, links } : null;
    this.about = new Set([...more, ...changed, ...links.flatMap(({ begin, end }) => [begin, end])]);
    if (this.isIdle()) this.draw();
    this.tell(changes, left);
  }

  /** Before others only what was withdrawn vanishes: what is new is not under the marking that they see. */
  private withhold(gone: ReadonlySet<string>, lost: readonly string[]): void {
    this.isBehind = true;
    if (!gone.size && !lost.length) return;
    this.chart.sheet.forget(gone, lost);
    this.chart.renew(gone);
  }

  private isIdle(): boolean {
    return this.chart.isSaved && !isField(document.activeElement) && !this.chart.sheet.only;
  }

  /** Draw the links that are new. */
  private draw(): void {
    if (!this.pending) return;
    this.chart.sheet.know(this.pending);
    this.pending = null;
    this.chart.renew(this.about);
  }

  /** Draw what is new, and select whom it is about. */
  private show(): void {
    this.draw();
    this.chart.choose(this.about);
    this.close();
  }

  private close(): void {
    this.chart.piece("news").hidden = true;
  }

  /** `left` is how many of those that are gone stood on the chart. */
  private tell({ gone, lost, changed, links, more }: Changes, left: number): void {
    const { wording } = this.chart;
    const isLess = lost.length > 0 && !gone.size;
    const said = [
      links.length ? wording.count("new_links", links.length) : "",
      more.size ? wording.count("more_linked", more.size) : "",
      changed.size ? wording.count("changed_items", changed.size) : "",
      left ? wording.count("gone_items", left) : "",
      isLess && !links.length ? wording.count("gone_links", lost.length) : "",
    ].filter(Boolean);
    if (!said.length) return;
    this.chart.piece("news-words").textContent = said.join(" ");
    this.chart.piece("news-show").hidden = !this.about.size;
    this.chart.piece("news").hidden = false;
  }
}
