/** Places what is near in links near on the chart; of thousands, communities first. */
import { crowd } from "./crowd.ts";
import { packed } from "./packing.ts";
import { makeRoom } from "./room.ts";
import { LINK, byStress, seededRandom } from "./stress.ts";
import { type Wires, components, neighbours } from "./wires.ts";

/** With more than this, names are written where they fit: an item has room for its sign, */
const CROWD = 120;
/** and as long as it is no more than this for a part of its name. */
const FEW = 700;
const PART_OF_A_NAME = 1.4;

export function force(wires: Wires): Float64Array {
  const beside = neighbours(wires);
  const parts = components(beside);
  const at = seeded(wires, beside, parts);
  const isCrowd = wires.fixed.length > CROWD;
  const room = isCrowd ? signs(wires.room) : wires.room;
  for (const part of parts) {
    if (part.length < 2 || part.every((one) => wires.fixed[one])) continue;
    const place = new Map(part.map((one, index) => [one, index]));
    const within = part.map((one) => (beside[one] as number[]).map((other) => place.get(other) as number));
    const fixed = Uint8Array.from(part, (one) => wires.fixed[one] as number);
    const there = isCrowd && !fixed.some(Boolean) ? crowd(within, mean(room) * (wires.fixed.length > FEW ? 1 : PART_OF_A_NAME)) : stressed(part, within, at, fixed, isCrowd);
    part.forEach((one, index) => at.set(there.subarray(2 * index, 2 * index + 2), 2 * one));
  }
  if (!isCrowd) makeRoom(at, room, wires.fixed);
  return wires.fixed.some(Boolean) ? at : packed(parts, at, room);
}

function stressed(part: number[], within: number[][], at: Float64Array, fixed: Uint8Array, isCrowd: boolean): Float64Array {
  const there = Float64Array.from(part.flatMap((one) => [at[2 * one] as number, at[2 * one + 1] as number]));
  byStress(within, there, fixed, !isCrowd);
  return there;
}

/** As much room on each side as its sign needs, without its name. */
function signs(room: Float64Array): Float64Array {
  return room.map((one, place) => Math.min(one, room[place ^ 1] as number));
}

function mean(some: Float64Array): number {
  return some.reduce((sum, one) => sum + one, 0) / some.length;
}

/** Where each begins: where it stands, beside a neighbour that stands somewhere, or on a spiral. */
function seeded(wires: Wires, beside: number[][], parts: number[][]): Float64Array {
  const at = wires.at.slice();
  const random = seededRandom(7);
  const stands = (one: number): boolean => !Number.isNaN(at[2 * one] as number);
  for (const part of parts) {
    if (isOnePoint(part, at) && !part.some((one) => wires.fixed[one])) for (const one of part) at[2 * one] = NaN;
    const anchors = part.filter(stands);
    const queue = [...anchors];
    if (!queue.length) {
      const root = part.reduce((best, one) => ((beside[one]?.length ?? 0) > (beside[best]?.length ?? 0) ? one : best));
      at[2 * root] = at[2 * root + 1] = 0;
      queue.push(root);
    }
    for (let here = 0; here < queue.length; here++) {
      const from = queue[here] as number;
      const free = (beside[from] ?? []).filter((one) => !stands(one));
      const outward = Math.atan2(at[2 * from + 1] as number, at[2 * from] as number);
      free.forEach((one, place) => {
        const angle = outward + ((place + 1) / (free.length + 1) - 0.5) * 2 * Math.PI + random() * 0.2;
        at[2 * one] = (at[2 * from] as number) + Math.cos(angle) * LINK;
        at[2 * one + 1] = (at[2 * from + 1] as number) + Math.sin(angle) * LINK;
        queue.push(one);
      });
    }
  }
  return at;
}

/** Whether several stand at one point, as those do that were saved without a place. */
function isOnePoint(part: number[], at: Float64Array): boolean {
  const first = part[0] as number;
  return part.length > 1 && part.every((one) => at[2 * one] === at[2 * first] && at[2 * one + 1] === at[2 * first + 1]);
}
