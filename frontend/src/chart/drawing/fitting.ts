/** How much room items take on the chart with all that is written at them: what must fit when they are shown. Pure. */
import type { Area } from "../model.ts";
import { type Looks, type NodeLook, holdsWords, reach } from "./looks.ts";

/** Room around groups, and above the lines of time. */
const AREA = 34;
/** Each time nearer to how large it is in the end. */
const PASSES = 4;

/** A part of the chart, in its units. */
export interface Bounds {
  left: number;
  right: number;
  low: number;
  top: number;
}

/** What is to fit: some items, with half the room that each needs with its name in its natural size, and areas. */
interface Fitted {
  nodes: readonly NodeLook[];
  areas: readonly Area[];
  room: (look: NodeLook) => [number, number];
}

/** Around all of it, where a unit is so many pixels: letters do not shrink with the chart. Null around nothing. */
function boundsOf({ nodes, areas, room }: Fitted, { groups, themes }: Looks, scale: number): Bounds | null {
  if (!nodes.length && !areas.length) return null;
  let [left, right, low, top] = [Infinity, -Infinity, Infinity, -Infinity];
  const widen = (west: number, east: number, south: number, north: number): void => {
    [left, right, low, top] = [Math.min(left, west), Math.max(right, east), Math.min(low, south), Math.max(top, north)];
  };
  for (const look of nodes) {
    const [{ x, y }, [w, h]] = [look, room(look)];
    const more = holdsWords(look.as) ? 1 : 1 / Math.min(1, scale);
    widen(x - w * more, x + w * more, y - (h + 10) * more, y + (reach(look, 0, 1) + 14) * more);
  }
  for (const { x, y, w, h } of areas) widen(x - w / 2, x + w / 2, y - h / 2, y + h / 2);
  if (groups.length) widen(left - AREA, right + AREA, low - AREA / 2, top + AREA);
  return { left, right, low, top: top + (themes ? AREA : 0) };
}

/** Around all of it as it is seen as large as it fits; `scaleFor` says how large a part then is. */
export function fitted(what: Fitted, looks: Looks, scaleFor: (bounds: Bounds) => number): Bounds | null {
  let bounds = boundsOf(what, looks, 1);
  const first = bounds ? scaleFor(bounds) : 0;
  for (let pass = 0; pass < PASSES && bounds && first > 0 && first < 1; pass++) bounds = boundsOf(what, looks, Math.max(first / 2, scaleFor(bounds)));
  return bounds;
}
