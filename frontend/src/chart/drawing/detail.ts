/**
 * What of a large chart is drawn where the analyst looks: nearby each item, from afar those that stand close
 * together as one dot with their number, and their links gathered. Nothing is left out untold. Pure.
 */
import type { EdgeLook, NodeLook } from "./looks.ts";

/** As many items and links as are drawn one by one, however far away. */
const MOST = { items: 8_000, links: 24_000 };
/** As many items in sight as are drawn one by one where there are more in all. */
const MOST_IN_SIGHT = 1_500;
/** As many gathered links as are drawn, those that stand for the most first. */
const MOST_GATHERED = 5_000;
/** How far apart dots stand at the least. */
const APART_PX = 44;
/** What is out of sight is gathered more coarsely: links lead there. */
const BEYOND = 8;
const SIZE_PX = { least: 7, most: 20 };
const DOT = "#";

/** A part of the chart, in its units, and how many pixels one of them is. */
export interface Sight {
  left: number;
  right: number;
  low: number;
  top: number;
  scale: number;
}

export interface Drawn {
  nodes: readonly NodeLook[];
  edges: readonly EdgeLook[];
  /** Who stands in a dot, by its key. */
  within: ReadonlyMap<string, string[]>;
  /** How many links are drawn by none of the lines. */
  undrawn: number;
}

export function isDot(key: string): boolean {
  return key.startsWith(DOT);
}

export function isLarge(nodes: readonly NodeLook[], edges: readonly EdgeLook[]): boolean {
  return nodes.length > MOST.items || edges.length > MOST.links;
}

/** What is drawn of items and links in sight; `sized` says how large a dot of so many pixels is. */
export function detail(nodes: readonly NodeLook[], edges: readonly EdgeLook[], sight: Sight, sized: (px: number) => number): Drawn {
  const inSight = nodes.filter(({ x, y }) => x >= sight.left && x <= sight.right && y >= sight.low && y <= sight.top);
  const side = inSight.length <= MOST_IN_SIGHT ? 0 : 2 ** Math.ceil(Math.log2(APART_PX / sight.scale));
  const beyond = BEYOND * 2 ** Math.ceil(Math.log2(APART_PX / sight.scale));
  const seen = new Set(inSight);
  const cells = new Map<string, NodeLook[]>();
  for (const look of nodes) {
    const isNear = seen.has(look);
    const wide = isNear ? side : beyond;
    const cell = wide ? `${DOT}${isNear ? "" : DOT}${Math.floor(look.x / wide)} ${Math.floor(look.y / wide)}` : look.key;
    const some = cells.get(cell);
    if (some) some.push(look);
    else cells.set(cell, [look]);
  }
  const standsIn = new Map<string, string>();
  const within = new Map<string, string[]>();
  const drawn: NodeLook[] = [];
  for (const [cell, some] of cells) {
    const [first] = some as [NodeLook];
    const key = some.length > 1 ? cell : first.key;
    for (const one of some) standsIn.set(one.key, key);
    if (some.length > 1) within.set(key, some.map((one) => one.key));
    drawn.push(some.length > 1 ? dot(key, some, sized) : first);
  }
  const { lines, undrawn } = gathered(edges, standsIn);
  return { nodes: drawn, edges: lines, within, undrawn };
}

/** Several as one, in their middle, called and coloured as the weightiest. */
function dot(key: string, some: readonly NodeLook[], sized: (px: number) => number): NodeLook {
  const first = some.reduce((best, one) => (one.weight > best.weight ? one : best));
  const middle = (of: (one: NodeLook) => number): number => some.reduce((sum, one) => sum + of(one), 0) / some.length;
  return {
    ...first,
    key,
    x: middle(({ x }) => x),
    y: middle(({ y }) => y),
    size: sized(Math.min(SIZE_PX.most, SIZE_PX.least + 1.2 * Math.sqrt(some.length))),
    shape: "circle",
    as: "icon",
    icon: "",
    picture: "",
    under: [],
    badge: "",
    pinned: false,
    faint: some.every(({ faint }) => faint),
    along: null,
  };
}

/** The links between dots and items, each pair once; within a dot they are not drawn. */
function gathered(edges: readonly EdgeLook[], standsIn: ReadonlyMap<string, string>): { lines: EdgeLook[]; undrawn: number } {
  const pairs = new Map<string, { first: EdgeLook; count: number; begin: string; end: string }>();
  let undrawn = 0;
  for (const look of edges) {
    const [begin, end] = [standsIn.get(look.begin), standsIn.get(look.end)];
    if (!begin || !end || begin === end) {
      undrawn++;
      continue;
    }
    if (begin === look.begin && end === look.end) {
      pairs.set(look.key, { first: look, count: 1, begin, end });
      continue;
    }
    const pair = begin < end ? `${begin} ${end}` : `${end} ${begin}`;
    const known = pairs.get(pair);
    if (known) {
      known.count++;
      if (known.first.faint || look.size > known.first.size) known.first = look;
    } else pairs.set(pair, { first: look, count: 1, begin, end });
  }
  const all = [...pairs].sort(([, one], [, other]) => other.count + other.first.size - one.count - one.first.size);
  for (const [, { count }] of all.splice(MOST_GATHERED)) undrawn += count;
  const lines = all.reverse().map(([key, { first, count, begin, end }]): EdgeLook =>
    key === first.key ? first : { ...first, key: DOT + key, begin, end, label: "", size: first.size + 0.5 * Math.log2(count), dash: "confirmed", certainty: "confirmed", aside: 0, heads: 0 },
  );
  return { lines, undrawn };
}
