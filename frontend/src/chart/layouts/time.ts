/**
 * Theme lines: who and what has a line each, from left to right in time; what happened stands on it.
 *
 * Moments keep their order and stand further apart the longer lies between, but never so far that the chart
 * is empty, nor so near that names touch: the axis says the dates.
 */
import { type Wires, neighbours } from "./wires.ts";

const LINE = 62;
const BEGIN = 200;
const NEAREST = 104;
const FURTHEST = 230;
const DAY_S = 86_400;

/** Where each of some moments stands, in seconds. */
export function timeScale(moments: Iterable<number>): Map<number, number> {
  const sorted = [...new Set(moments)].sort((one, other) => one - other);
  const places = new Map<number, number>();
  let x = BEGIN;
  sorted.forEach((at, place) => {
    const days = place ? (at - (sorted[place - 1] as number)) / DAY_S : 0;
    if (place) x += Math.min(FURTHEST, Math.max(NEAREST, 40 + 26 * Math.log2(1 + days)));
    places.set(at, x);
  });
  return places;
}

export function time(wires: Wires): Float64Array {
  const beside = neighbours(wires);
  const at = new Float64Array(wires.at.length);
  const all = [...wires.names.keys()];
  const scale = timeScale(wires.moments);
  const events = new Set(all.filter((one) => wires.shapes[one] === "diamond" && scale.has(wires.when[one] as number)));
  const x = (event: number): number => scale.get(wires.when[event] as number) ?? BEGIN;
  const themes = all.filter((one) => !events.has(one));
  const begins = new Map(themes.map((one) => [one, mean((beside[one] ?? []).filter((other) => events.has(other)).map(x))]));
  themes.sort((one, other) => (begins.get(one) as number) - (begins.get(other) as number) || one - other);
  themes.forEach((one, place) => (at[2 * one + 1] = -place * LINE));
  const taken = new Set<string>();
  for (const one of [...events].sort((a, b) => x(a) - x(b))) {
    const lines = (beside[one] ?? []).filter((other) => !events.has(other)).map((other) => at[2 * other + 1] as number);
    const free = lines.sort((a, b) => b - a).filter((y) => !taken.has(`${x(one)} ${y}`));
    let y = free[(free.length - 1) >> 1] ?? LINE;
    while (taken.has(`${x(one)} ${y}`)) y += LINE;
    taken.add(`${x(one)} ${y}`);
    at[2 * one] = x(one);
    at[2 * one + 1] = y;
  }
  return at;
}

/** Those that nothing dated is linked to stand last. */
function mean(some: number[]): number {
  return some.length ? some.reduce((sum, one) => sum + one, 0) / some.length : 1e9;
}
