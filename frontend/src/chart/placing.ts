/** Arranges what is shown, and puts it where the layout says. */
import type { NodeLook, Looks } from "./drawing/looks.ts";
import { rounded } from "./editing.ts";
import type { Chart, Manner } from "./host.ts";
import { Arranging } from "./layouts/arranging.ts";
import type { Wires } from "./layouts/wires.ts";
import type { Layout, Placed } from "./model.ts";
import { momentsOf } from "./themes.ts";

interface Host extends Pick<Chart, "sheet" | "canvas" | "chosen" | "classList" | "draw"> {
  /** Let all look as the sheet now has it. */
  dress(): Looks;
}

export class Placing {
  private readonly arranging = new Arranging();

  constructor(private readonly chart: Host) {}

  async arrange(layout: Layout, how: Manner = {}): Promise<void> {
    const { sheet, classList } = this.chart;
    const { shown } = sheet;
    if (!shown.length) return;
    classList.add("is-arranging");
    const wires = this.wires(shown, how);
    const at = await this.arranging.arrange({ layout, wires }).finally(() => classList.toggle("is-arranging", this.arranging.isBusy));
    if (!at) return;
    const put = (placed: Map<string, Placed>): void => {
      shown.forEach(({ key }, index) => {
        const now = placed.get(key);
        if (now) placed.set(key, { ...now, x: rounded(at[2 * index]), y: rounded(at[2 * index + 1]) });
      });
    };
    if (how.silent || how.keep) {
      const placed = new Map(sheet.placed);
      put(placed);
      const keeps = how.keep && sheet.isSaved;
      sheet.placed = placed;
      if (keeps) sheet.keep();
    } else sheet.change(put, { layout });
    this.chart.draw();
  }

  /** What was saved without a place, or put there by a search, all at one point, is arranged before it is drawn; whether it was. */
  async begin(): Promise<boolean> {
    const { shown, settings } = this.chart.sheet;
    const places = new Set(shown.map(({ x, y }) => `${x} ${y}`));
    const isWanted = shown.length > 1 && places.size === 1;
    if (isWanted) await this.arrange(settings.layout, { keep: true });
    return isWanted;
  }

  stop(): void {
    this.arranging.stop();
  }

  /** What is shown as bare numbers. */
  private wires(shown: readonly Placed[], { fixed, fresh }: Manner): Wires {
    const { sheet, canvas, chosen } = this.chart;
    const places = new Map(shown.map(({ key }, index) => [key, index]));
    const items = shown.map(({ key }) => sheet.items.get(key));
    const looks = new Map(this.chart.dress().nodes.map((look) => [look.key, look]));
    const rooms = shown.map(({ key }) => canvas.room(looks.get(key) as NodeLook, shown.length));
    return {
      room: Float64Array.from(rooms.flat()),
      ends: Int32Array.from(sheet.shownLinks().flatMap(({ begin, end }) => [places.get(begin) as number, places.get(end) as number])),
      at: Float64Array.from(shown.flatMap(({ key, x, y }) => (fresh?.has(key) ? [NaN, NaN] : [x, y]))),
      fixed: Uint8Array.from(shown, ({ key, pinned }) => Number(fixed ? fixed.has(key) : pinned)),
      shapes: items.map((item) => item?.shape ?? "square"),
      kinds: items.map((item) => item?.kind ?? ""),
      names: items.map((item) => item?.name ?? ""),
      when: Float64Array.from(items, (item) => item?.first ?? NaN),
      moments: momentsOf(sheet),
      roots: [...chosen].map((key) => places.get(key)).filter((place) => place !== undefined),
    };
  }
}
