/**
 * Places what is near in links near on the chart: by stress for what an eye can take in, by forces for more.
 *
 * Source: Zheng, Pawar, Goodman: Graph Drawing by Stochastic Gradient Descent, 2018; ForceAtlas2 beyond.
 */
import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";

import { packed } from "./packing.ts";
import { makeRoom } from "./room.ts";
import { type Wires, components, neighbours } from "./wires.ts";

const LINK = 105;
const MOST_BY_STRESS = 700;
const ROUNDS = 40;
const PATIENCE_MS = 6_000;

export function force(wires: Wires): Float64Array {
  const beside = neighbours(wires);
  const parts = components(beside);
  const at = seeded(wires, beside, parts);
  for (const part of parts) {
    if (part.length < 2 || part.every((one) => wires.fixed[one])) continue;
    if (part.length <= MOST_BY_STRESS) byStress(part, beside, at, wires.fixed);
    else byForces(part, wires, at);
  }
  makeRoom(at, wires.room, wires.fixed);
  return wires.fixed.some(Boolean) ? at : packed(parts, at, wires.room);
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

function byStress(part: number[], beside: number[][], at: Float64Array, fixed: Uint8Array): void {
  const place = new Map(part.map((one, index) => [one, index]));
  const n = part.length;
  const pairs: [number, number, number][] = [];
  for (const [index, one] of part.entries()) {
    distances(one, beside, place).forEach((far, other) => {
      if (other > index) pairs.push([one, part[other] as number, far]);
    });
  }
  const longest = Math.max(...pairs.map(([, , far]) => far)) ** 2;
  const random = seededRandom(n);
  const cooling = Math.log(longest / 0.1) / (ROUNDS - 1);
  for (let round = 0; round < ROUNDS; round++) {
    const heat = longest * Math.exp(-cooling * round);
    shuffle(pairs, random);
    for (const [one, other, far] of pairs) {
      const dx = (at[2 * one] as number) - (at[2 * other] as number) || (random() - 0.5) * 0.01;
      const dy = (at[2 * one + 1] as number) - (at[2 * other + 1] as number) || (random() - 0.5) * 0.01;
      const now = Math.hypot(dx, dy);
      const step = (Math.min(1, heat / far ** 2) * (now - far * LINK)) / 2 / now;
      const [moves, others] = [fixed[one] ? 0 : fixed[other] ? 2 : 1, fixed[other] ? 0 : fixed[one] ? 2 : 1];
      at[2 * one]! -= dx * step * moves;
      at[2 * one + 1]! -= dy * step * moves;
      at[2 * other]! += dx * step * others;
      at[2 * other + 1]! += dy * step * others;
    }
  }
}

/** How far each of a part is from one of it; a link of two with many neighbours is longer. */
function distances(from: number, beside: number[][], place: Map<number, number>): Float64Array {
  const far = new Float64Array(place.size).fill(Infinity);
  far[place.get(from) as number] = 0;
  let front = [from];
  // Links differ little in length: rounds until nothing gets nearer are few.
  while (front.length) {
    const next = new Set<number>();
    for (const one of front) {
      const sofar = far[place.get(one) as number] as number;
      for (const other of beside[one] as number[]) {
        const reach = sofar + lengthOf((beside[one] as number[]).length, (beside[other] as number[]).length);
        const index = place.get(other) as number;
        if (reach < (far[index] as number) - 1e-9) {
          far[index] = reach;
          next.add(other);
        }
      }
    }
    front = [...next];
  }
  return far;
}

function lengthOf(one: number, other: number): number {
  return 0.8 + 0.22 * Math.log2(1 + Math.max(1, Math.min(one, other))) + 0.06 * Math.sqrt(Math.max(one, other));
}

function byForces(part: number[], wires: Wires, at: Float64Array): void {
  const graph = new Graph({ type: "undirected" });
  for (const one of part) graph.addNode(one, { x: at[2 * one], y: at[2 * one + 1], fixed: Boolean(wires.fixed[one]) });
  for (let one = 0; one < wires.ends.length; one += 2) {
    const [begin, end] = [wires.ends[one], wires.ends[one + 1]];
    if (begin !== end && graph.hasNode(begin) && graph.hasNode(end)) graph.mergeEdge(begin, end);
  }
  const settings = { ...forceAtlas2.inferSettings(graph), barnesHutOptimize: true, linLogMode: part.length < 4000 };
  const until = performance.now() + PATIENCE_MS;
  for (let round = 0; round < 20 && performance.now() < until; round++) {
    forceAtlas2.assign(graph, { iterations: 10, settings });
  }
  const scale = scaleOf(graph);
  graph.forEachNode((key, { x, y }) => {
    const one = Number(key);
    if (wires.fixed[one]) return;
    at[2 * one] = x * scale;
    at[2 * one + 1] = y * scale;
  });
}

/** Let each have the room of a link's length around it, were all spread evenly over a disc. */
function scaleOf(graph: Graph): number {
  if (graph.someNode((_, { fixed }) => fixed)) return 1;
  const middle = (name: string): number => graph.reduceNodes((sum, _, data) => sum + data[name], 0) / graph.order;
  const [x, y] = [middle("x"), middle("y")];
  const spread = Math.sqrt(graph.reduceNodes((sum, _, at) => sum + (at["x"] - x) ** 2 + (at["y"] - y) ** 2, 0) / graph.order);
  return (LINK * Math.sqrt(graph.order / (2 * Math.PI))) / Math.max(spread, 1e-6);
}

function shuffle<T>(some: T[], random: () => number): void {
  for (let at = some.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [some[at], some[other]] = [some[other] as T, some[at] as T];
  }
}

/** The same chart is arranged alike each time. Source: mulberry32. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
