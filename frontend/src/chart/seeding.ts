/** Where new items stand until they are arranged. Pure. */
import type { Link, Placed } from "./model.ts";

const APART = 90;
const TURN = Math.PI * (3 - Math.sqrt(5));

interface Spot {
  x: number;
  y: number;
}

/** Each stands beside one to which it is linked and that stands already, else about the middle. */
export function seeds(fresh: Iterable<string>, links: Iterable<Link>, placed: ReadonlyMap<string, Placed>, middle: Spot): Placed[] {
  const keys = new Set(fresh);
  const beside = new Map<string, Spot>();
  for (const { begin, end } of links) {
    for (const [one, other] of [[begin, end], [end, begin]] as const) {
      const spot = keys.has(one) && !keys.has(other) ? placed.get(other) : undefined;
      if (spot) beside.set(one, spot);
    }
  }
  return [...keys].map((key, place) => {
    const { x, y } = beside.get(key) ?? middle;
    return { key, x: x + APART * Math.cos(place * TURN), y: y + APART * Math.sin(place * TURN) };
  });
}
