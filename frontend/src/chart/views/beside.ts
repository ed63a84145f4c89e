/** What the items of the timeline are linked to that is not on the chart: fetched on request, and never put there by that. */
import type { Server } from "../server.ts";
import type { Sheet } from "../sheet.ts";

/** So many are fetched at once. */
const MOST_ROWS = 25;
/** And so many of those that they are linked to. */
const MOST_OTHERS = 200;

export class Beside {
  /** What was fetched, by the item beneath which it stands. */
  private readonly fetched = new Map<string, Set<string>>();
  /** How many more there would be. */
  private readonly left = new Map<string, number>();

  constructor(
    private readonly sheet: Sheet,
    private readonly server: Server,
  ) {}

  /** Those that were fetched for an item and still are not on the chart. */
  of(key: string): string[] {
    const { items, placed } = this.sheet;
    return [...(this.fetched.get(key) ?? [])].filter((one) => items.has(one) && !placed.has(one));
  }

  /** How many more there are: endless where it has more links than are known, and nobody has asked yet. */
  more(key: string, links: number): number {
    return this.left.get(key) ?? ((this.sheet.items.get(key)?.degree ?? 0) > links ? Infinity : 0);
  }

  /**
   * Fetch more of what an item is linked to, and what that in turn was linked to and when.
   *
   * Returns how many came, and how many of what these are linked to were left out.
   */
  async fetch(key: string): Promise<{ came: number; leftOut: number }> {
    const { server, sheet } = this;
    const there = new Set([...sheet.placed.keys(), ...(this.fetched.get(key) ?? [])]);
    const near = await server.expand([key], [...there], MOST_ROWS);
    sheet.know(near);
    const fresh = near.items.map((item) => item.key);
    this.fetched.set(key, new Set([...(this.fetched.get(key) ?? []), ...fresh]));
    this.left.set(key, near.left_out);
    if (!fresh.length) return { came: 0, leftOut: 0 };
    const far = await server.expand(fresh, [...there, ...fresh], MOST_OTHERS);
    sheet.know(far);
    return { came: fresh.length, leftOut: far.left_out };
  }
}
