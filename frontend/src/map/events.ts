/** Keeps the events of a map, in and out of a time window, and gathers those that stand together. */
import { type Point, type Projected, type View, projected } from "./view.ts";

/** Key, longitude, latitude, seconds since 1970, number of the kind, urgency, and the key of what it corrects. */
export type Row = [string, number, number, number, number, number, string];

/** The most pressing first. */
export const URGENCIES = ["immediate", "expected", "routine"] as const;

interface Event {
  key: string;
  place: Projected;
  at: number;
  kind: number;
  urgency: number;
}

/** Events that are drawn as one pin. */
export interface Gathered {
  /** The same for the same events at the same zoom. */
  id: string;
  at: Point;
  place: Projected;
  events: Event[];
  urgency: number;
  /** Of all of them; -1 where they differ. */
  kind: number;
  /** The office at which they are, if at one. */
  office: string;
}

const CELL_PX = 46;

export class Events {
  private readonly known = new Map<string, Event>();

  take(rows: readonly Row[], whole: boolean): void {
    if (whole) this.known.clear();
    for (const [key, lon, lat, at, kind, urgency, corrects] of rows) {
      if (corrects) this.known.delete(corrects);
      this.known.set(key, { key, place: projected(lon, lat), at, kind, urgency });
    }
  }

  get size(): number {
    return this.known.size;
  }

  get(key: string): Event | undefined {
    return this.known.get(key);
  }

  within(since: number, until: number): Event[] {
    return [...this.known.values()].filter(({ at }) => at >= since && at <= until);
  }
}

interface Cell {
  x: number;
  y: number;
  office: string;
  events: Event[];
}

/**
 * Gather events at the same office, or within some pixels of each other.
 *
 * @param officeAt the office at a place, if any; asked once for each place.
 */
export function gather(events: readonly Event[], view: View, officeAt: (place: Projected) => string): Gathered[] {
  const cells = new Map<string, Cell>();
  const offices = new Map<string, string>();
  const step = CELL_PX / view.scale;
  for (const event of events) {
    const { x, y } = event.place;
    const where = `${x} ${y}`;
    let office = offices.get(where);
    if (office === undefined) offices.set(where, (office = officeAt(event.place)));
    const name = office || `${Math.floor(x / step)} ${Math.floor(y / step)}`;
    const cell = cells.get(name);
    if (cell) {
      cell.x += x;
      cell.y += y;
      cell.events.push(event);
    } else cells.set(name, { x, y, office, events: [event] });
  }
  return joined([...cells.values()], view).map((cell) => gathered(cell, view));
}

/** Cells whose middles have come close to each other at the edge between them become one. */
function joined(cells: Cell[], view: View): Cell[] {
  const found: Cell[] = [];
  const middle = ({ x, y, events }: Cell): Point => view.at({ x: x / events.length, y: y / events.length });
  for (const cell of cells.sort((one, other) => other.events.length - one.events.length)) {
    const at = middle(cell);
    const near = cell.office
      ? undefined
      : found.find((one) => !one.office && distance(middle(one), at) < CELL_PX * 0.7);
    if (!near) found.push(cell);
    else {
      near.x += cell.x;
      near.y += cell.y;
      near.events.push(...cell.events);
    }
  }
  return found;
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

function gathered({ x, y, office, events }: Cell, view: View): Gathered {
  const place = { x: x / events.length, y: y / events.length };
  const first = events[0] as Event;
  return {
    id: office || first.key,
    at: view.at(place),
    place,
    events,
    urgency: events.reduce((least, one) => Math.min(least, one.urgency), URGENCIES.length - 1),
    kind: events.every((one) => one.kind === first.kind) ? first.kind : -1,
    office,
  };
}
