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
  place: Projected;
  events: Event[];
  /** The most pressing of all of them. */
  urgency: number;
  /** How many are as pressing as can be. */
  urgent: number;
  /** Of all of them; -1 where they differ. */
  kind: number;
  /** The office at which they are, if at one. */
  office: string;
}

const CELL_PX = 46;
/** Pins whose feet are closer than this would cover each other. */
const PIN_WIDTH_PX = 50;
const PIN_HEIGHT_PX = 27;

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

/** Events with the sum of their places. */
interface Cell {
  x: number;
  y: number;
  office: string;
  events: Event[];
}

/** What the offices on the map say of a place. */
export interface Offices {
  /** The office at a place, if any; asked once for each place. */
  at(place: Projected): string;
  /** Where an office is drawn. */
  drawn(office: string): Point | null;
}

/** Gather events at the same office, or so close to each other that their pins would cover each other. */
export function gather(events: readonly Event[], view: View, offices: Offices): Gathered[] {
  const cells = new Map<string, Cell>();
  const known = new Map<string, string>();
  const step = CELL_PX / view.scale;
  for (const event of events) {
    const { x, y } = event.place;
    const where = `${x} ${y}`;
    let office = known.get(where);
    if (office === undefined) known.set(where, (office = offices.at(event.place)));
    const name = office || `${Math.floor(x / step)} ${Math.floor(y / step)}`;
    const cell = cells.get(name);
    if (cell) {
      cell.x += x;
      cell.y += y;
      cell.events.push(event);
    } else cells.set(name, { x, y, office, events: [event] });
  }
  return joined([...cells.values()], view, offices).map(gathered);
}

/** Cells whose pins would cover each other become one, at the place of the one with more events. */
function joined(cells: Cell[], view: View, offices: Offices): Cell[] {
  const found: { cell: Cell; foot: Point }[] = [];
  for (const cell of cells.sort((one, other) => other.events.length - one.events.length)) {
    const place = middle(cell);
    const foot = offices.drawn(cell.office) ?? view.at(place);
    const near = found.find((one) => {
      return Math.abs(one.foot.x - foot.x) < PIN_WIDTH_PX && Math.abs(one.foot.y - foot.y) < PIN_HEIGHT_PX;
    });
    if (near) near.cell.events.push(...cell.events);
    else found.push({ cell: { ...cell, ...place }, foot });
  }
  return found.map(({ cell }) => cell);
}

function middle({ x, y, events }: Cell): Projected {
  return { x: x / events.length, y: y / events.length };
}

function gathered({ x, y, office, events }: Cell): Gathered {
  const first = events[0] as Event;
  const urgent = events.filter((one) => one.urgency === 0).length;
  return {
    id: office || first.key,
    place: { x, y },
    events,
    urgent,
    urgency: events.reduce((least, one) => Math.min(least, one.urgency), URGENCIES.length - 1),
    kind: events.every((one) => one.kind === first.kind) ? first.kind : -1,
    office,
  };
}
