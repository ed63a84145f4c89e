/** What stands in the chart's table: items with all that is measured of them, or links. */
import type { Item, Link, Measured } from "../model.ts";
import type { Sheet } from "../sheet.ts";
import type { Wording } from "../wording.ts";

export type Of = "items" | "links";

/** A cell: what it says, and by what it is sorted. */
export interface Cell {
  text: string;
  value: number | string;
  isNumber: boolean;
}

export interface Row {
  /** The key of an item or a link. */
  key: string;
  /** The items that are meant: itself, or both ends. */
  items: string[];
  icon: string;
  hidden: boolean;
  /** By the name of their column. */
  cells: Record<string, Cell>;
}

export interface Known {
  sheet: Sheet;
  measured: Measured | null;
  wording: Wording;
  day(seconds: number): string;
}

export function rowsOf(of: Of, known: Known): Row[] {
  const { sheet } = known;
  if (of === "items") return [...sheet.placed.keys()].map((key) => itemRow(key, known));
  return [...sheet.links.values()].filter(({ begin, end }) => sheet.placed.has(begin) && sheet.placed.has(end)).map((link) => linkRow(link, known));
}

function itemRow(key: string, { sheet, measured, day }: Known): Row {
  const item = sheet.items.get(key) as Item;
  const value = (name: keyof Measured["values"]): number | undefined => measured?.values[name].get(key);
  const shares = (["betweenness", "closeness", "eigenvector"] as const).map((name) => [name, number(share(value(name)), value(name))]);
  const wholes = (["core", "bridges"] as const).map((name) => [name, number(String(value(name) ?? "–"), value(name))]);
  return {
    key,
    items: [key],
    icon: sheet.placed.get(key)?.sign || item.icon,
    hidden: !sheet.isShown(key),
    cells: {
      name: text(item.name),
      kind: text(item.kind),
      links: number(String(value("degree") ?? 0), value("degree") ?? 0),
      ...Object.fromEntries([...shares, ...wholes]),
      first: date(item.first, day),
      last: date(item.last, day),
    },
  };
}

function linkRow({ key, begin, end, label, certainty, sources, since, until }: Link, { sheet, wording, day }: Known): Row {
  return {
    key,
    items: [begin, end],
    icon: sheet.items.get(begin)?.icon ?? "",
    hidden: !sheet.isShown(begin) || !sheet.isShown(end),
    cells: {
      name: text(sheet.items.get(begin)?.name ?? ""),
      label: text(label),
      to: text(sheet.items.get(end)?.name ?? ""),
      certainty: text(wording.say(certainty)),
      sources: number(String(sources), sources),
      since: date(since, day),
      until: date(until, day),
    },
  };
}

function text(said: string): Cell {
  return { text: said, value: said, isNumber: false };
}

function number(said: string, value: number | undefined): Cell {
  return { text: said, value: value ?? -Infinity, isNumber: true };
}

/** Put into words only where it is read: of tens of thousands a few rows are. */
function date(at: number | null, day: (seconds: number) => string): Cell {
  return {
    value: at ?? -Infinity,
    isNumber: true,
    get text() {
      return at === null ? "–" : day(at);
    },
  };
}

/** A share as officers read it: .593 */
function share(value: number | undefined): string {
  if (value === undefined) return "–";
  return value >= 0.9995 ? "1.00" : value.toFixed(3).slice(1);
}
