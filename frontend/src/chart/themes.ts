/**
 * Lines of their own for who and what. In any arrangement an item may be one: its links end on it, above or beneath
 * whom they lead to.
 *
 * The links of a chart that is arranged in time: each stands where it was, between the lines of those it links.
 *
 * What an event links stands at the event's own moment; a link between two others at its own. A link whose
 * moment nothing says stays between the signs at the left.
 */
import type { EdgeLook, NodeLook } from "./drawing/looks.ts";
import { timeScale } from "./layouts/time.ts";
import type { Sheet } from "./sheet.ts";

/** Marks what stands for an item at a moment: no item has it in its key. */
const AT = "@";
const DOT = 4.5;
/** How far apart links between two lines stand. */
const STEP = 110;

interface Timed {
  nodes: NodeLook[];
  edges: EdgeLook[];
  moments: { x: number; at: number }[];
}

export function isAnchor(key: string): boolean {
  return key.includes(AT);
}

/** The moments of all that is shown. */
export function momentsOf(sheet: Sheet): number[] {
  const events = sheet.shown.map(({ key }) => sheet.items.get(key)).filter((item) => item?.shape === "diamond");
  const links = sheet.shownLinks().filter(({ begin, end }) => !isEvent(sheet, begin) && !isEvent(sheet, end));
  return [...events.map((item) => item?.first), ...links.map(({ since }) => since)].filter((at) => typeof at === "number");
}

export function inTime(sheet: Sheet, nodes: NodeLook[], edges: EdgeLook[]): Timed {
  const scale = timeScale(momentsOf(sheet));
  for (const one of nodes) if (!isEvent(sheet, one.key)) one.along = [one.x, Infinity];
  const byKey = new Map(nodes.map((one) => [one.key, one]));
  const { anchor, anchors } = anchoring(byKey);
  const drawn = edges.flatMap((edge): EdgeLook[] => {
    const [begin, end] = [byKey.get(edge.begin) as NodeLook, byKey.get(edge.end) as NodeLook];
    const [first, second] = [isEvent(sheet, edge.begin), isEvent(sheet, edge.end)];
    if (first && second) return [edge];
    const since = sheet.links.get(edge.key)?.since;
    const x = first ? begin.x : second ? end.x : since == null ? undefined : scale.get(since);
    if (x === undefined) return [edge];
    if (Math.abs(begin.y - end.y) < 1) return [];
    return [{ ...edge, aside: 0, begin: first ? edge.begin : anchor(edge.begin, x), end: second ? edge.end : anchor(edge.end, x) }];
  });
  return { nodes: [...anchors.values(), ...nodes], edges: drawn, moments: [...scale].map(([at, x]) => ({ x, at })) };
}

/** Let links end on the lines of those that are one; between two lines they stand one after the other. */
export function onLines(nodes: NodeLook[], edges: EdgeLook[]): { nodes: NodeLook[]; edges: EdgeLook[] } {
  const lines = new Map(nodes.filter(({ as }) => as === "line").map((one) => [one.key, one]));
  if (!lines.size) return { nodes, edges };
  const byKey = new Map(nodes.map((one) => [one.key, one]));
  const { anchor, anchors } = anchoring(byKey);
  const [from, to] = [new Map<string, number>(), new Map<string, number>()];
  const hook = (key: string, x: number): string => {
    const line = lines.get(key);
    if (!line || Math.abs(x - line.x) < 2 * line.size) return key;
    from.set(key, Math.min(x, from.get(key) ?? line.x));
    to.set(key, Math.max(x, to.get(key) ?? line.x));
    return anchor(key, x);
  };
  const steps = new Map<string, number>();
  const drawn = edges.map((edge): EdgeLook => {
    const [begin, end] = [byKey.get(edge.begin) as NodeLook, byKey.get(edge.end) as NodeLook];
    const both = lines.has(edge.begin) && lines.has(edge.end);
    if (!both) return { ...edge, begin: hook(edge.begin, end.x), end: hook(edge.end, begin.x) };
    const step = Math.max(steps.get(edge.begin) ?? 0, steps.get(edge.end) ?? 0) + 1;
    for (const key of [edge.begin, edge.end]) steps.set(key, step);
    const x = Math.max(begin.x, end.x) + step * STEP;
    return { ...edge, aside: 0, begin: hook(edge.begin, x), end: hook(edge.end, x) };
  });
  for (const [key, line] of lines) line.along = [from.get(key) ?? line.x, (to.get(key) ?? line.x) + STEP / 2];
  return { nodes: [...anchors.values(), ...nodes], edges: drawn };
}

/** Makes the points at which links stand on lines, each once. */
function anchoring(byKey: ReadonlyMap<string, NodeLook>): { anchor: (key: string, x: number) => string; anchors: Map<string, NodeLook> } {
  const anchors = new Map<string, NodeLook>();
  const anchor = (key: string, x: number): string => {
    const there = `${key}${AT}${Math.round(x)}`;
    if (!anchors.has(there)) anchors.set(there, dot(there, x, byKey.get(key) as NodeLook));
    return there;
  };
  return { anchor, anchors };
}

function isEvent(sheet: Sheet, key: string): boolean {
  const item = sheet.items.get(key);
  return item?.shape === "diamond" && item.first !== null;
}

function dot(key: string, x: number, theme: NodeLook): NodeLook {
  return { ...theme, key, x, size: DOT, shape: "circle", as: "icon", aspect: 1, block: null, icon: "", picture: "", fill: "line-strong", line: "line-strong", label: "", under: [], when: "", where: "", badge: "", weight: 0, along: null };
}
