/** What an analyst does to items on the chart, each as a step that can be taken back. */
import type { Chart } from "./host.ts";
import type { Placed } from "./model.ts";
import type { Settings } from "./sheet.ts";

type Host = Pick<Chart, "sheet" | "wording" | "isPresented" | "choose" | "draw" | "say">;

export interface Spot {
  x: number;
  y: number;
}

export class Editing {
  constructor(private readonly chart: Host) {}

  edit(keys: Iterable<string>, made: Partial<Placed>): void {
    const some = [...keys];
    if (!some.length) return;
    this.chart.sheet.change((placed) => {
      for (const key of some) {
        const one = placed.get(key);
        if (one) placed.set(key, { ...one, ...made });
      }
    });
    this.chart.draw();
  }

  /** Those that a hand moved, with what else it moved. Before others nothing is moved. */
  move(places: ReadonlyMap<string, Spot>, settings: Partial<Settings> = {}): void {
    const { chart } = this;
    if (chart.isPresented) return chart.draw();
    chart.sheet.change((placed) => {
      for (const [key, at] of places) {
        const one = placed.get(key);
        if (one) placed.set(key, { ...one, x: rounded(at.x), y: rounded(at.y) });
      }
    }, settings);
    chart.draw();
  }

  /** Take off what was saved and is not in the records any more. */
  dropAbsent(): void {
    this.chart.sheet.set({ absent: [] });
    this.chart.draw();
  }

  hide(keys: Iterable<string>, hidden: boolean): void {
    const { placed } = this.chart.sheet;
    const some = [...keys].filter((key) => placed.has(key) && (placed.get(key)?.hidden ?? false) !== hidden);
    if (!some.length) return;
    this.edit(some, { hidden });
    this.chart.say(this.chart.wording.count(hidden ? "hidden" : "again", some.length));
  }

  /** Show these and their neighbours alone. */
  only(keys: readonly string[]): void {
    const { sheet } = this.chart;
    const kept = new Set([...keys, ...sheet.neighbours(keys)]);
    this.hide(sheet.shown.map(({ key }) => key).filter((key) => !kept.has(key)), true);
  }

  takeAway(keys: Iterable<string>): void {
    const { chart } = this;
    const gone = [...keys].filter((key) => chart.sheet.placed.has(key));
    if (!gone.length) return;
    chart.sheet.change((placed) => {
      gone.forEach((key) => placed.delete(key));
      for (const [key, one] of placed) if (one.into && !placed.has(one.into)) placed.set(key, { ...one, into: "" });
    });
    chart.choose([]);
    chart.draw();
    chart.say(chart.wording.count("removed", gone.length));
  }

  /** Let the neighbours of one, or several, stand as one item: that one, or of several that with most links. */
  collapse(keys: readonly string[]): void {
    const { sheet, wording } = this.chart;
    const degree = (key: string): number => sheet.items.get(key)?.degree ?? 0;
    const into = keys.reduce((best, key) => (degree(key) > degree(best) ? key : best), keys[0] ?? "");
    const gone = new Set(keys.length > 1 ? keys : sheet.neighbours(keys));
    gone.delete(into);
    if (!gone.size) return;
    this.edit(gone, { into });
    this.chart.choose([into]);
    this.chart.say(wording.count("collapsed", gone.size));
  }

  /** No layout moves these; where none does, they are free again. */
  pin(keys: readonly string[]): void {
    const { placed } = this.chart.sheet;
    this.edit(keys, { pinned: !keys.every((key) => placed.get(key)?.pinned) });
  }
}

/** Places are kept to a tenth of a unit. */
export function rounded(value: number | undefined): number {
  return Math.round((value ?? 0) * 10) / 10;
}
