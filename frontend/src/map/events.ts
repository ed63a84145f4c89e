/** Keeps the events of a map, in and out of a time window, and gathers those that stand together. */
import { type Cell, type Offices, cells } from "./gathering.ts";
import { type Projected, type View, projected } from "./view.ts";

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

/** Gather events at the same office, or so close to each other that their pins would cover each other. */
export function gather(events: readonly Event[], view: View, offices: Offices): Gathered[] {
  return cells(events, view, offices).map(gathered);
}

function gathered({ place, office, things: events }: Cell<Event>): Gathered {
  const first = events[0] as Event;
  const urgent = events.filter((one) => one.urgency === 0).length;
  return {
    id: office || first.key,
    place,
    events,
    urgent,
    urgency: events.reduce((least, one) => Math.min(least, one.urgency), URGENCIES.length - 1),
    kind: events.every((one) => one.kind === first.kind) ? first.kind : -1,
    office,
  };
}
