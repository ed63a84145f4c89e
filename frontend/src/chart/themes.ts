/**
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

export interface Timed {
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
  const byKey = new Map(nodes.map((one) => [one.key, one]));
  const anchors = new Map<string, NodeLook>();
  const anchor = (key: string, x: number): string => {
    const there = `${key}${AT}${Math.round(x)}`;
    const theme = byKey.get(key) as NodeLook;
    if (!anchors.has(there)) anchors.set(there, dot(there, x, theme));
    return there;
  };
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

function isEvent(sheet: Sheet, key: string): boolean {
  const item = sheet.items.get(key);
  return item?.shape === "diamond" && item.first !== null;
}

function dot(key: string, x: number, theme: NodeLook): NodeLook {
  return { ...theme, key, x, size: DOT, shape: "circle", icon: "", fill: "line-strong", line: "line-strong", label: "", under: "", badge: "", weight: 0 };
}
