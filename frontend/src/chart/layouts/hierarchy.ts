/** Rows by distance from where it begins: from what is chosen, else from what has most links. */
import { packed } from "./packing.ts";
import { type Wires, components, neighbours } from "./wires.ts";

const ROW = 130;
const GAP = 22;
const SWEEPS = 8;

export function hierarchy(wires: Wires): Float64Array {
  const beside = neighbours(wires);
  const parts = components(beside);
  const at = new Float64Array(wires.at.length);
  for (const part of parts) arrange(part, beside, wires, at);
  return packed(parts, at, wires.room);
}

function arrange(part: number[], beside: number[][], wires: Wires, at: Float64Array): void {
  const rows = rowsOf(part, beside, wires.roots);
  const rank = new Map<number, number>();
  const number = (row: number[]): void => row.forEach((one, place) => rank.set(one, place / Math.max(1, row.length - 1)));
  rows.forEach(number);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const row of sweep % 2 ? [...rows].reverse() : rows) {
      const wish = new Map(row.map((one) => [one, mean((beside[one] ?? []).map((other) => rank.get(other) ?? 0.5))]));
      row.sort((one, other) => (wish.get(one) ?? 0) - (wish.get(other) ?? 0));
      number(row);
    }
  }
  rows.forEach((row, depth) => {
    const width = row.reduce((sum, one) => sum + 2 * (wires.room[2 * one] as number) + GAP, -GAP);
    let x = -width / 2;
    row.forEach((one) => {
      const half = wires.room[2 * one] as number;
      at[2 * one] = x + half;
      at[2 * one + 1] = -depth * ROW;
      x += 2 * half + GAP;
    });
  });
}

function rowsOf(part: number[], beside: number[][], roots: number[]): number[][] {
  const within = new Set(part);
  const chosen = roots.filter((one) => within.has(one));
  const most = part.reduce((best, one) => ((beside[one]?.length ?? 0) > (beside[best]?.length ?? 0) ? one : best));
  const rows = [chosen.length ? chosen : [most]];
  const seen = new Set(rows[0]);
  for (let row = rows[0] as number[]; row.length; ) {
    const next = [...new Set(row.flatMap((one) => beside[one] ?? []))].filter((one) => !seen.has(one));
    next.forEach((one) => seen.add(one));
    if (next.length) rows.push(next);
    row = next;
  }
  return rows;
}

function mean(some: number[]): number {
  return some.length ? some.reduce((sum, one) => sum + one, 0) / some.length : 0.5;
}
