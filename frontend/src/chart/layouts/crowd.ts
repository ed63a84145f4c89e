/**
 * Places thousands: each community by itself, as a disc, and the discs side by side, those that are linked nearest.
 *
 * So communities are seen from afar, and a line that leaves its own is a long one.
 */
import { communities } from "./communities.ts";
import { byStress, seededRandom } from "./stress.ts";

/** So many of one community are not parted further. */
const FEW = 700;
/** Fewer are parted only where this share of all links stays within communities. */
const CLEARLY = 0.6;
/** How much larger a disc is than what stands in it. */
const LOOSE = 1.35;
const GAP = 1.12;
/** To how many others a disc is drawn. */
const NEAREST = 4;
const ROUNDS = 300;
const PUSHES = 60;

/** Where some stand about their middle, and how far out. */
interface Disc {
  at: Float64Array;
  radius: number;
}

/** Where each stands, about the middle; `room` is what one needs on each side. */
export function crowd(beside: readonly (readonly number[])[], room: number): Float64Array {
  const groups = communities(beside);
  return (beside.length > FEW || isClear(beside, groups) ? parted(beside, groups, room) : alone(beside, room)).at;
}

function isClear(beside: readonly (readonly number[])[], groups: number[][]): boolean {
  const of = new Map(groups.flatMap((some, group) => some.map((one) => [one, group])));
  const ends = beside.flatMap((some, one) => some.map((other) => of.get(other) === of.get(one)));
  return ends.filter(Boolean).length > CLEARLY * ends.length;
}

function disc(beside: readonly (readonly number[])[], room: number): Disc {
  return beside.length > FEW ? parted(beside, communities(beside), room) : alone(beside, room);
}

function parted(beside: readonly (readonly number[])[], groups: number[][], room: number): Disc {
  if (groups.length < 2) return alone(beside, room);
  const of = new Int32Array(beside.length);
  const place = new Int32Array(beside.length);
  groups.forEach((some, group) => some.forEach((one, index) => ([of[one], place[one]] = [group, index])));
  const discs = groups.map((some, group) =>
    disc(some.map((one) => (beside[one] as number[]).filter((other) => of[other] === group).map((other) => place[other] as number)), room),
  );
  const centres = sideBySide(discs, between(beside, of, groups));
  const at = new Float64Array(2 * beside.length);
  groups.forEach((some, group) => {
    const [x, y] = [centres[2 * group] as number, centres[2 * group + 1] as number];
    const turn = turned(some, beside, of, centres, discs[group] as Disc);
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    some.forEach((one, index) => {
      const [dx, dy] = [discs[group]?.at[2 * index] as number, discs[group]?.at[2 * index + 1] as number];
      at[2 * one] = x + dx * cos - dy * sin;
      at[2 * one + 1] = y + dx * sin + dy * cos;
    });
  });
  return about(at, room);
}

/** Of which nothing is apart: by stress, as wide as all have room in it. */
function alone(beside: readonly (readonly number[])[], room: number): Disc {
  const n = beside.length;
  const at = new Float64Array(2 * n);
  // A sunflower: even, and alike each time.
  for (let one = 0; one < n; one++) {
    at[2 * one] = Math.cos(2.39996 * one) * Math.sqrt(one) * 2 * room;
    at[2 * one + 1] = Math.sin(2.39996 * one) * Math.sqrt(one) * 2 * room;
  }
  byStress(beside, at, new Uint8Array(n));
  const { at: there } = about(at, room);
  const spread = Math.sqrt(there.reduce((sum, one) => sum + one * one, 0) / n) || 1;
  const wanted = room * 2 * Math.sqrt(n / Math.PI) * LOOSE;
  const scale = n > 1 ? wanted / Math.SQRT2 / spread : 1;
  for (let one = 0; one < 2 * n; one++) there[one]! *= scale;
  // What lies far out would make the disc as large as the furthest: it is drawn in.
  for (let one = 0; one < n; one++) {
    const far = Math.hypot(there[2 * one] as number, there[2 * one + 1] as number);
    const kept = far > wanted ? (wanted * (1 + Math.log(far / wanted) / 3)) / far : 1;
    there[2 * one]! *= kept;
    there[2 * one + 1]! *= kept;
  }
  const reach = new Float64Array(n).fill(room);
  for (let pass = 0; pass < PUSHES && pushApart(there, reach); pass++);
  return about(there, room);
}

/** About the middle of all, and how far out the furthest reaches. */
function about(at: Float64Array, room: number): Disc {
  const n = at.length / 2;
  let [x, y, radius] = [0, 0, 0];
  for (let one = 0; one < n; one++) [x, y] = [x + (at[2 * one] as number) / n, y + (at[2 * one + 1] as number) / n];
  for (let one = 0; one < n; one++) {
    at[2 * one]! -= x;
    at[2 * one + 1]! -= y;
    radius = Math.max(radius, Math.hypot(at[2 * one] as number, at[2 * one + 1] as number) + room);
  }
  return { at, radius };
}

/** How strongly groups are linked, for their size, each with those to which it is linked the most. */
function between(beside: readonly (readonly number[])[], of: Int32Array, groups: number[][]): Map<number, number>[] {
  const found: Map<number, number>[] = groups.map(() => new Map());
  beside.forEach((some, one) => {
    const mine = found[of[one] as number] as Map<number, number>;
    for (const other of some) if (of[other] !== of[one]) mine.set(of[other] as number, (mine.get(of[other] as number) ?? 0) + 1);
  });
  return found.map((some, group) => {
    const strength = [...some].map(([other, count]): [number, number] => [
      other, count / Math.sqrt((groups[group]?.length ?? 1) * (groups[other]?.length ?? 1)),
    ]);
    return new Map(strength.sort(([, one], [, other]) => other - one).slice(0, NEAREST));
  });
}

/** Discs, none over another: drawn to those they are linked with, and to the middle. */
function sideBySide(discs: readonly Disc[], links: readonly Map<number, number>[]): Float64Array {
  const n = discs.length;
  const at = new Float64Array(2 * n);
  const random = seededRandom(n);
  const whole = Math.sqrt(discs.reduce((sum, { radius }) => sum + radius * radius, 0));
  discs.forEach((_, one) => {
    at[2 * one] = Math.cos(2.39996 * one) * whole * Math.sqrt((one + random()) / n);
    at[2 * one + 1] = Math.sin(2.39996 * one) * whole * Math.sqrt((one + random()) / n);
  });
  const reach = Float64Array.from(discs, ({ radius }) => radius * GAP);
  const pull = (one: number, other: number, by: number): void => {
    at[2 * one]! += ((at[2 * other] as number) - (at[2 * one] as number)) * by;
    at[2 * one + 1]! += ((at[2 * other + 1] as number) - (at[2 * one + 1] as number)) * by;
  };
  const strongest = Math.max(1e-9, ...links.flatMap((some) => [...some.values()]));
  for (let round = 0; round < ROUNDS; round++) {
    const heat = 1 - round / ROUNDS;
    links.forEach((some, one) => {
      for (const [other, strength] of some) {
        const by = 0.12 * heat * Math.sqrt(strength / strongest);
        pull(one, other, by);
        pull(other, one, by);
      }
    });
    for (let one = 0; one < 2 * n; one++) at[one]! *= 1 - 0.02 * heat;
    for (let pass = 0; pass < (heat < 0.2 ? 6 : 2); pass++) pushApart(at, reach);
  }
  for (let pass = 0; pass < PUSHES && pushApart(at, reach); pass++);
  return at;
}

/** Push discs from each other where they overlap; whether any did. */
function pushApart(at: Float64Array, reach: Float64Array): boolean {
  const n = reach.length;
  const order = [...reach.keys()].sort((one, other) => (at[2 * one] as number) - (reach[one] as number) - (at[2 * other] as number) + (reach[other] as number));
  let any = false;
  for (let here = 0; here < n; here++) {
    const one = order[here] as number;
    const right = (at[2 * one] as number) + (reach[one] as number);
    for (let next = here + 1; next < n; next++) {
      const other = order[next] as number;
      if ((at[2 * other] as number) - (reach[other] as number) > right) break;
      const dx = (at[2 * other] as number) - (at[2 * one] as number) || 0.01;
      const dy = (at[2 * other + 1] as number) - (at[2 * one + 1] as number) || 0.01 * (here - next);
      const far = Math.hypot(dx, dy);
      const lack = (reach[one] as number) + (reach[other] as number) - far;
      if (lack <= 0.01 * far) continue;
      any = true;
      const mass = (reach[one] as number) ** 2 + (reach[other] as number) ** 2;
      const [mine, others] = [((reach[other] as number) ** 2 / mass) * lack, ((reach[one] as number) ** 2 / mass) * lack];
      at[2 * one]! -= (dx / far) * mine;
      at[2 * one + 1]! -= (dy / far) * mine;
      at[2 * other]! += (dx / far) * others;
      at[2 * other + 1]! += (dy / far) * others;
    }
  }
  return any;
}

/** By how much a disc is turned, so that what is linked with others looks towards them. */
function turned(some: number[], beside: readonly (readonly number[])[], of: Int32Array, centres: Float64Array, { at }: Disc): number {
  const group = of[some[0] as number] as number;
  let [along, across] = [0, 0];
  some.forEach((one, index) => {
    for (const other of beside[one] as number[]) {
      const there = of[other] as number;
      if (there === group) continue;
      const x = (centres[2 * there] as number) - (centres[2 * group] as number);
      const y = (centres[2 * there + 1] as number) - (centres[2 * group + 1] as number);
      const far = Math.hypot(x, y) || 1;
      along += ((at[2 * index] as number) * x + (at[2 * index + 1] as number) * y) / far;
      across += ((at[2 * index] as number) * y - (at[2 * index + 1] as number) * x) / far;
    }
  });
  return Math.atan2(across, along);
}
