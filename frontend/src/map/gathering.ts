/** Gathers what stands together on a map: what is at one office, or so close that its signs would cover each other. */
import type { Point, Projected, View } from "./view.ts";

/** Some of what stands somewhere, as one sign. */
export interface Cell<Thing> {
  /** The middle of all of it. */
  place: Projected;
  things: Thing[];
  /** The office at which it is, if at one. */
  office: string;
}

/** What the offices on the map say of a place. */
export interface Offices {
  /** The office at a place, if any; asked once for each place. */
  at(place: Projected): string;
  /** Where an office is drawn. */
  drawn(office: string): Point | null;
}

const CELL_PX = 46;
/** Signs whose feet are closer than this would cover each other. */
const WIDTH_PX = 50;
const HEIGHT_PX = 27;

/** Things with the sum of their places. */
interface Sum<Thing> {
  x: number;
  y: number;
  office: string;
  things: Thing[];
}

export function cells<Thing extends { place: Projected }>(things: readonly Thing[], view: View, offices: Offices): Cell<Thing>[] {
  const sums = new Map<string, Sum<Thing>>();
  const known = new Map<string, string>();
  const step = CELL_PX / view.scale;
  for (const thing of things) {
    const { x, y } = thing.place;
    const where = `${x} ${y}`;
    let office = known.get(where);
    if (office === undefined) known.set(where, (office = offices.at(thing.place)));
    const name = office || `${Math.floor(x / step)} ${Math.floor(y / step)}`;
    const sum = sums.get(name);
    if (sum) {
      sum.x += x;
      sum.y += y;
      sum.things.push(thing);
    } else sums.set(name, { x, y, office, things: [thing] });
  }
  return joined([...sums.values()].map(cell), view, offices);
}

function cell<Thing>({ x, y, office, things }: Sum<Thing>): Cell<Thing> {
  return { place: { x: x / things.length, y: y / things.length }, office, things };
}

/** Cells whose signs would cover each other become one, at the place of the one with more in it. */
function joined<Thing>(all: Cell<Thing>[], view: View, offices: Offices): Cell<Thing>[] {
  const found: { cell: Cell<Thing>; foot: Point }[] = [];
  for (const one of all.sort((some, other) => other.things.length - some.things.length)) {
    const foot = offices.drawn(one.office) ?? view.at(one.place);
    const near = found.find((there) => Math.abs(there.foot.x - foot.x) < WIDTH_PX && Math.abs(there.foot.y - foot.y) < HEIGHT_PX);
    if (near) near.cell.things.push(...one.things);
    else found.push({ cell: one, foot });
  }
  return found.map(({ cell: one }) => one);
}
