/** What happened with whom and when: a row for each item, with its links and events as marks. Pure. */
import type { Item, Link } from "../model.ts";
import type { Sheet } from "../sheet.ts";

/** A moment, or a time from since to until, at which something linked an item to another. */
export interface Mark {
  link: string;
  /** The other end: whom it links to, or the event. */
  other: string;
  at: number;
  /** Null of a moment. */
  until: number | null;
  /** What it is: “drives”. */
  label: string;
}

/** What a row is: an item of the chart, one that is linked to it and not on the chart, or the way to more of those. */
export type Of = "item" | "beside" | "more";

export interface Row {
  of: Of;
  key: string;
  name: string;
  icon: string;
  /** 1 beneath the item to which it is linked. */
  depth: number;
  /** In the order of time. */
  marks: Mark[];
  /** How many of its links say no time. */
  untimed: number;
  /** The items whose rows can stand beneath it. */
  linked: string[];
  /** How many more it is linked to that are not on the chart; endless where nobody has asked yet. */
  more: number;
}

/** What was fetched that is not on the chart. */
export interface OffChart {
  of(key: string): string[];
  more(key: string, links: number): number;
}

/**
 * A row for each item that is shown, the earliest first; beneath those that are opened, of whom they are linked to.
 *
 * Args:
 *   sheet: what stands on the chart.
 *   opened: the items beneath which others stand.
 *   offChart: what was fetched beside it; null where only what is shown may be seen.
 */
export function activity(sheet: Sheet, opened: ReadonlySet<string>, offChart: OffChart | null): Row[] {
  const items = new Map(sheet.shown.map(({ key }) => [key, sheet.items.get(key) as Item]));
  const rows = new Map([...items].map(([key, item]) => [key, row(item)]));
  const attended = new Set<string>();
  for (const link of sheet.shownLinks()) {
    const [begin, end] = [items.get(link.begin) as Item, items.get(link.end) as Item];
    mark(rows.get(begin.key) as Row, end, link);
    mark(rows.get(end.key) as Row, begin, link);
    if (happened(begin) && !happened(end)) attended.add(begin.key);
    if (happened(end) && !happened(begin)) attended.add(end.key);
  }
  // An event stands as a mark with each that took part; by itself where nobody did.
  for (const key of attended) rows.delete(key);
  for (const one of rows.values()) {
    const item = items.get(one.key) as Item;
    if (happened(item)) one.marks.push({ link: "", other: one.key, ...time(item), label: item.kind });
    one.marks.sort((a, b) => a.at - b.at);
    one.linked = [...new Set(one.linked)].filter((key) => rows.has(key));
  }
  if (offChart) {
    const links = linksOf(sheet);
    for (const one of rows.values()) one.more = offChart.more(one.key, links.get(one.key) ?? 0);
  }
  const first = ({ marks }: Row): number => marks[0]?.at ?? Infinity;
  const sorted = [...rows.values()].sort((one, other) => first(one) - first(other) || one.name.localeCompare(other.name));
  return sorted.flatMap((one) => (opened.has(one.key) ? [one, ...beneath(one, rows, sheet, offChart)] : [one]));
}

function beneath(one: Row, rows: ReadonlyMap<string, Row>, sheet: Sheet, offChart: OffChart | null): Row[] {
  const here = one.linked.map((key): Row => ({ ...(rows.get(key) as Row), depth: 1 }));
  const beside = (offChart?.of(one.key) ?? []).map((key) => besideRow(key, sheet));
  const more: Row[] = one.more ? [{ ...one, of: "more", depth: 1, marks: [], linked: [] }] : [];
  return [...here, ...beside, ...more];
}

/** A row of what is not on the chart, with all that is known of when it was linked. */
function besideRow(key: string, sheet: Sheet): Row {
  const item = sheet.items.get(key) as Item;
  if (happened(item)) return { ...row(item), of: "beside", depth: 1, marks: [{ link: "", other: key, ...time(item), label: item.kind }] };
  const made: Row = { ...row(item), of: "beside", depth: 1 };
  for (const link of sheet.links.values()) {
    const other = link.begin === key ? link.end : link.end === key ? link.begin : "";
    const known = sheet.items.get(other);
    if (known) mark(made, known, link);
  }
  made.marks.sort((a, b) => a.at - b.at);
  return { ...made, linked: [] };
}

/** How many links of each item are known. */
function linksOf(sheet: Sheet): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { begin, end } of sheet.links.values()) for (const key of [begin, end]) found.set(key, (found.get(key) ?? 0) + 1);
  return found;
}

/** All keys of whom and what a time holds: both ends of each mark that touches it. */
export function within(rows: readonly Row[], from: number, to: number): Set<string> {
  const found = new Set<string>();
  for (const { of, key, marks } of rows) {
    if (of !== "item") continue;
    for (const one of marks) {
      if (one.at > to) break;
      if ((one.until ?? one.at) < from) continue;
      found.add(key).add(one.other);
    }
  }
  return found;
}

function row(item: Item): Row {
  return { of: "item", key: item.key, name: item.name, icon: item.icon, depth: 0, marks: [], untimed: 0, linked: [], more: 0 };
}

function mark(row: Row, other: Item, link: Link): void {
  if (happened(other)) row.marks.push({ link: link.key, other: other.key, ...time(other), label: other.name });
  else {
    row.linked.push(other.key);
    if (link.since === null) row.untimed++;
    else row.marks.push({ link: link.key, other: other.key, at: link.since, until: later(link.since, link.until), label: `${link.label} · ${other.name}` });
  }
}

function happened(item: Item): boolean {
  return item.shape === "diamond" && item.first !== null;
}

function time(item: Item): { at: number; until: number | null } {
  return { at: item.first as number, until: later(item.first as number, item.last) };
}

function later(since: number, until: number | null): number | null {
  return until !== null && until > since ? until : null;
}
