/** What stands in the chart's table: items with all that is measured of them, links, or groups and parts of the chart. */
import { everyWords, valueWords } from "../beneath.ts";
import { grouped } from "../grouping.ts";
import type { Item, Link, Measured } from "../model.ts";
import type { Sheet } from "../sheet.ts";
import type { Wording } from "../wording.ts";

export type Of = "items" | "links" | "groups";

const DAY = /^\d{4}-(0[1-9]|1[0-2])(-[0-3]\d(T.*)?)?$/;
const YEAR = /^\d{4}$/;

/** A cell: what it says, and by what it is sorted; null where it says nothing. */
export interface Cell {
  text: string;
  value: number | string | null;
  /** All by which it is found, where that is more than it says. */
  more?: () => string;
  isNumber: boolean;
}

export interface Row {
  /** The key of an item or a link, or what names a group. */
  key: string;
  /** The items that are meant: itself, both ends, or all of the group. */
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

/** By one column: numbers and moments by value, then words as the language has them; what is empty is last either way. */
export function sorted(rows: readonly Row[], by: string, down: boolean, lang: string): Row[] {
  const { compare } = new Intl.Collator(lang);
  const name = ({ cells }: Row): string => cells["name"]?.text ?? "";
  return [...rows].sort((one, other) => {
    const [a, b] = [one.cells[by]?.value ?? null, other.cells[by]?.value ?? null];
    if (a === null || b === null) return Number(a === null) - Number(b === null) || compare(name(one), name(other));
    const order = typeof a === "number" ? (typeof b === "number" ? a - b : -1) : typeof b === "number" ? 1 : compare(a, b);
    return (down ? -order : order) || compare(name(one), name(other));
  });
}

/** Whether each of these words, in small letters, stands in one of a row's cells. */
export function says({ cells }: Row, sought: readonly string[]): boolean {
  const said = Object.values(cells).map(({ text, more }) => more?.() ?? text).join(" ").toLocaleLowerCase();
  return sought.every((word) => said.includes(word));
}

export function rowsOf(of: Of, known: Known): Row[] {
  const { sheet } = known;
  if (of === "groups") return [...groupRows("community", known), ...groupRows("component", known)];
  if (of === "items") {
    const dated = new Set(sheet.settings.columns.filter((prop) => [...sheet.placed.keys()].some((key) => DAY.test(firstOf(sheet.items.get(key) as Item, prop)))));
    return [...sheet.placed.keys()].map((key) => itemRow(key, dated, known));
  }
  return [...sheet.links.values()].filter(({ begin, end }) => sheet.placed.has(begin) && sheet.placed.has(end)).map((link) => linkRow(link, known));
}

function itemRow(key: string, dated: ReadonlySet<string>, { sheet, measured, day }: Known): Row {
  const item = sheet.items.get(key) as Item;
  const value = (name: keyof Measured["values"]): number | undefined => measured?.values[name].get(key);
  const shares = (["betweenness", "closeness", "eigenvector"] as const).map((name) => [name, number(share(value(name)), value(name))]);
  const wholes = (["core", "bridges"] as const).map((name) => [name, number(String(value(name) ?? "–"), value(name))]);
  const parts = (["community", "component"] as const).map((name) => [name, place(measured?.[name].get(key))]);
  return {
    key,
    items: [key],
    icon: sheet.placed.get(key)?.sign || item.icon,
    hidden: !sheet.isShown(key),
    cells: {
      name: text(item.name),
      kind: text(item.kind),
      links: number(String(value("degree") ?? "–"), value("degree")),
      ...Object.fromEntries([...shares, ...wholes, ...parts]),
      first: date(item.first, day),
      last: date(item.last, day),
      ...Object.fromEntries(sheet.settings.columns.map((prop) => [factOf(prop), fact(item, prop, dated.has(prop), sheet)])),
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

/** Groups that are denser linked within, or parts that hang together, each with all that is in it. */
function groupRows(by: "community" | "component", { sheet, measured, wording }: Known): Row[] {
  const of = measured?.[by] ?? new Map<string, number>();
  const shown = sheet.shown.filter(({ key }) => of.has(key)).map(({ key }) => key);
  const groups = grouped(shown, (key) => of.get(key) as number);
  const links = new Map<number, number>();
  for (const { begin, end } of sheet.shownLinks()) {
    const one = of.get(begin);
    if (one !== undefined && one === of.get(end)) links.set(one, (links.get(one) ?? 0) + 1);
  }
  const degree = (key: string): number => measured?.values.degree.get(key) ?? 0;
  return [...groups].map(([at, items]) => {
    const most = items.reduce((best, key) => (degree(key) > degree(best) ? key : best));
    const name = wording.fill(by === "community" ? "group" : "part", { n: at + 1, of: groups.size });
    return {
      key: `${by} ${at}`,
      items,
      icon: by === "community" ? "users-group" : "share-3",
      hidden: false,
      cells: {
        name: { text: name, value: at, isNumber: false },
        kind: text(wording.say(by)),
        count: number(String(items.length), items.length),
        links: number(String(links.get(at) ?? 0), links.get(at) ?? 0),
        most: text(sheet.items.get(most)?.name ?? ""),
      },
    };
  });
}

/** The number of a group, 1 the largest. */
function place(value: number | undefined): Cell {
  return number(value === undefined ? "–" : String(value + 1), value === undefined ? undefined : value + 1);
}

/** By which name a property stands among the cells. */
export function factOf(prop: string): string {
  return `fact:${prop}`;
}

/** What is said of one property; numbers as numbers, and days, where the property has any, as moments. */
function fact(item: Item, prop: string, isDated: boolean, sheet: Sheet): Cell {
  const [words, first] = [valueWords(item, prop, sheet), firstOf(item, prop)];
  const isMoment = isDated && (DAY.test(first) || YEAR.test(first));
  const value = first === "" ? NaN : isMoment ? Date.parse(first) : Number(first);
  const cell = Number.isFinite(value) ? number(words, value) : text(words);
  cell.more = () => everyWords(item, prop, sheet).join(" ");
  return cell;
}

function firstOf({ facts }: Item, prop: string): string {
  return facts[prop]?.[0]?.trim() ?? "";
}

function text(said: string): Cell {
  return { text: said, value: said.trim() ? said : null, isNumber: false };
}

function number(said: string, value: number | undefined): Cell {
  return { text: said, value: value ?? null, isNumber: true };
}

/** Put into words only where it is read: of tens of thousands a few rows are. */
function date(at: number | null, day: (seconds: number) => string): Cell {
  return {
    value: at,
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
