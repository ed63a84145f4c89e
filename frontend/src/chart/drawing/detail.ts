/**
 * What of a large chart is drawn where the analyst looks: nearby each item, from afar those that stand close
 * together as one dot with their number, and their links gathered. Nothing is left out untold. Pure.
 */
import type { Bounds } from "./fitting.ts";
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
const WIDTH_PX = { least: 0.4, most: 4 };
const DOT = "#";

/** What is in sight, and how many pixels a unit of it is. */
export interface Sight extends Bounds {
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

/** The places of both ends of each link among the items, by turns: looked for once, used from wherever one looks. */
export function endsOf(nodes: readonly NodeLook[], edges: readonly EdgeLook[]): Int32Array {
  const places = new Map(nodes.map(({ key }, place) => [key, place]));
  return Int32Array.from(edges.flatMap(({ begin, end }) => [places.get(begin) ?? -1, places.get(end) ?? -1]));
}

/** What is drawn of items and links in sight; `sized` says how large a dot of so many pixels is. */
export function detail(nodes: readonly NodeLook[], edges: readonly EdgeLook[], ends: Int32Array, sight: Sight, sized: (px: number) => number): Drawn {
  const near = nodes.map(({ x, y }) => x >= sight.left && x <= sight.right && y >= sight.low && y <= sight.top);
  const apart = 2 ** Math.ceil(Math.log2(APART_PX / sight.scale));
  const isOneByOne = near.filter(Boolean).length <= MOST_IN_SIGHT;
  const cells = new Map<string, number[]>();
  nodes.forEach(({ key, x, y }, place) => {
    const wide = near[place] ? apart : BEYOND * apart;
    const cell = near[place] && isOneByOne ? key : `${DOT}${near[place] ? "" : DOT}${Math.floor(x / wide)} ${Math.floor(y / wide)}`;
    const some = cells.get(cell);
    if (some) some.push(place);
    else cells.set(cell, [place]);
  });
  const standsIn = new Int32Array(nodes.length);
  const within = new Map<string, string[]>();
  const drawn: NodeLook[] = [];
  for (const [cell, places] of cells) {
    const some = places.map((place) => nodes[place] as NodeLook);
    for (const place of places) standsIn[place] = drawn.length;
    if (some.length > 1) within.set(cell, some.map(({ key }) => key));
    drawn.push(some.length > 1 ? dot(cell, some, sized) : (some[0] as NodeLook));
  }
  return { nodes: drawn, within, ...gathered(edges, ends, standsIn, drawn) };
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
    aspect: 1,
    block: null,
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
function gathered(edges: readonly EdgeLook[], ends: Int32Array, standsIn: Int32Array, drawn: readonly NodeLook[]): { edges: EdgeLook[]; undrawn: number } {
  const alone: EdgeLook[] = [];
  const pairs = new Map<number, { first: EdgeLook; count: number; begin: NodeLook; end: NodeLook }>();
  let undrawn = 0;
  edges.forEach((look, place) => {
    const [one, other] = [standsIn[ends[2 * place] as number], standsIn[ends[2 * place + 1] as number]];
    if (one === undefined || other === undefined || one === other) return void undrawn++;
    const [begin, end] = [drawn[one] as NodeLook, drawn[other] as NodeLook];
    if (begin.key === look.begin && end.key === look.end) return void alone.push(look);
    const pair = Math.min(one, other) * drawn.length + Math.max(one, other);
    const known = pairs.get(pair);
    if (!known) return void pairs.set(pair, { first: look, count: 1, begin, end });
    known.count++;
    if (known.first.faint || look.size > known.first.size) known.first = look;
  });
  const all = [...pairs.values()].sort((one, other) => other.count - one.count);
  for (const { count } of all.splice(MOST_GATHERED)) undrawn += count;
  const most = all[0]?.count ?? 1;
  const lines = all.reverse().map(({ first, count, begin, end }): EdgeLook => ({
    ...first,
    key: `${DOT}${begin.key} ${end.key}`,
    begin: begin.key,
    end: end.key,
    label: "",
    size: WIDTH_PX.least + (WIDTH_PX.most - WIDTH_PX.least) * Math.sqrt(count / most),
    dash: "confirmed",
    certainty: "confirmed",
    aside: 0,
    heads: 0,
  }));
  return { edges: [...lines, ...alone], undrawn };
}
