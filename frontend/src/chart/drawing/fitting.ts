/** How much room items take on the chart with all that is written at them: what must fit when they are shown. Pure. */
import type { Area } from "../model.ts";
import { type Looks, type NodeLook, reach } from "./looks.ts";

/** Room around groups, and above the lines of time. */
const AREA = 34;

/** A part of the chart, in its units. */
export interface Bounds {
  left: number;
  right: number;
  low: number;
  top: number;
}

/** Around some items, with half the room that each needs, and around areas; null around nothing. */
export function boundsOf(nodes: readonly NodeLook[], areas: readonly Area[], { groups, themes }: Looks, room: (look: NodeLook) => [number, number]): Bounds | null {
  if (!nodes.length && !areas.length) return null;
  let [left, right, low, top] = [Infinity, -Infinity, Infinity, -Infinity];
  const widen = (west: number, east: number, south: number, north: number): void => {
    [left, right, low, top] = [Math.min(left, west), Math.max(right, east), Math.min(low, south), Math.max(top, north)];
  };
  for (const look of nodes) {
    const [{ x, y }, [w, h]] = [look, room(look)];
    widen(x - w, x + w, y - h - 10, y + reach(look, 0, 1) + 14);
  }
  for (const { x, y, w, h } of areas) widen(x - w / 2, x + w / 2, y - h / 2, y + h / 2);
  if (groups.length) widen(left - AREA, right + AREA, low - AREA / 2, top + AREA);
  return { left, right, low, top: top + (themes ? AREA : 0) };
}
