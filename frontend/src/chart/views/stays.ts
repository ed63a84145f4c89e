/** Where items were: which place each has on the map, and how things went from one to the next. Pure. */
import { type Projected, projected } from "../../map/view.ts";
import { grouped } from "../grouping.ts";

/** An item at a place, as the server says it. */
export interface Stay {
  longitude: number;
  latitude: number;
  /** The radius that holds the true place; null where nobody has said. */
  accuracy_km: number | null;
  /** What the place is called; may be empty. */
  place: string;
  /** The event or place by which this is known, and its name; the item's own where it says so itself. */
  by: string;
  name: string;
  since: number | null;
  until: number | null;
  sources: number;
}

/** An item where it stands on the map: where it was last. */
export interface Standing {
  key: string;
  stay: Stay;
  place: Projected;
}

/** From one place to the next, by one item. */
export interface Leg {
  key: string;
  from: Stay;
  to: Stay;
  km: number;
  seconds: number;
  /** So long lies between, or so little is known of the places, that the way says little. */
  unsure: "" | "gap" | "accuracy";
}

/** All that went from one place to another. */
export interface Route {
  id: string;
  from: Projected;
  to: Projected;
  legs: Leg[];
}

const EARTH_KM = 6_371;
const LONG_S = 30 * 86_400;
/** Places are too little known for a way whose length may be wrong by as much. */
const MOST_WRONG = 0.25;

/** The items that have a place, each where it was last; where no time is said, at the first that is named. */
export function standing(all: ReadonlyMap<string, readonly Stay[]>): Standing[] {
  return [...all].flatMap(([key, stays]) => {
    const stay = stays.findLast(({ since }) => since !== null) ?? stays[0];
    return stay ? [{ key, stay, place: placeOf(stay) }] : [];
  });
}

/** The ways of all items, those between the same two places together. */
export function routes(all: ReadonlyMap<string, readonly Stay[]>): Route[] {
  const legs = [...all].flatMap(([key, stays]) => legsOf(key, stays));
  return [...grouped(legs, ({ from, to }) => `${where(from)} ${where(to)}`)].map(([id, some]) => {
    const { from, to } = some[0] as Leg;
    return { id, from: placeOf(from), to: placeOf(to), legs: some };
  });
}

export function placeOf({ longitude, latitude }: Stay): Projected {
  return projected(longitude, latitude);
}

function where({ longitude, latitude }: Stay): string {
  return `${longitude},${latitude}`;
}

function legsOf(key: string, stays: readonly Stay[]): Leg[] {
  const timed = stays.filter(({ since }) => since !== null);
  return timed.slice(1).flatMap((to, index): Leg[] => {
    const from = timed[index] as Stay;
    if (where(from) === where(to)) return [];
    const km = kilometres(from, to);
    const seconds = (to.since ?? 0) - (from.until ?? from.since ?? 0);
    const wrong = (from.accuracy_km ?? 0) + (to.accuracy_km ?? 0);
    return [{ key, from, to, km, seconds, unsure: seconds > LONG_S ? "gap" : wrong > km * MOST_WRONG ? "accuracy" : "" }];
  });
}

/** Along the surface, by the haversine. */
function kilometres(from: Stay, to: Stay): number {
  const [north, south] = [radians(from.latitude), radians(to.latitude)];
  const across = Math.sin(radians(to.longitude - from.longitude) / 2) ** 2;
  const along = Math.sin((south - north) / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.sqrt(along + Math.cos(north) * Math.cos(south) * across));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
