/** Counts what is shown: items and lines by what is said of them, and moments by hour and weekday. Pure. */
import type { Item, Link } from "./model.ts";

/** Some items that have something in common; nothing in common but that nothing is said of them where `name` is empty. */
export interface Bar {
  name: string;
  keys: string[];
  /** How many lines, where lines are counted and `keys` are their ends. */
  lines?: number;
}

/** A moment in seconds, or a day without its hour, and whom it is about. */
export interface Moment {
  at: number;
  isDay: boolean;
  keys: string[];
}

/** What happened in one hour of a weekday, Monday the first: how often, and with whom and what. */
interface Hour {
  times: number;
  keys: Set<string>;
}

const MOST_BARS = 12;
const STEPS = 8;
const DAY_S = 86_400;
/** Widths of steps of numbers that are not whole, by powers of ten. */
const ROUND = [1, 2, 5, 10];

/** Items by a value: numbers in steps, dates by year or month, anything else by itself, the most frequent first. */
export function counted(items: readonly Item[], valuesOf: (item: Item) => string[], write: (number: number) => string): Bar[] {
  const said = new Map<string, string[]>();
  const silent: string[] = [];
  for (const item of items) {
    const values = new Set(valuesOf(item).filter(Boolean));
    if (!values.size) silent.push(item.key);
    for (const value of values) put(said, value, item.key);
  }
  const names = [...said.keys()];
  const bars = names.length > MOST_BARS && names.every(isNumber) ? steps(said, write) : names.length && names.every(isDate) ? dates(said) : frequent(said);
  return silent.length ? [...bars, { name: "", keys: silent }] : bars;
}

/** Lines by what is said of them, the most frequent first. */
export function countedLines(links: readonly Link[], valueOf: (link: Link) => string): Bar[] {
  const by = new Map<string, Link[]>();
  for (const link of links) {
    const [name, there] = [valueOf(link), by.get(valueOf(link))];
    if (there) there.push(link);
    else by.set(name, [link]);
  }
  const bars = [...by].map(([name, some]) => ({ name, lines: some.length, keys: [...new Set(some.flatMap(({ begin, end }) => [begin, end]))] }));
  return bars.sort((one, other) => other.lines - one.lines || one.name.localeCompare(other.name));
}

/** When events and links were. */
export function happened(items: readonly Item[], links: readonly Link[]): Moment[] {
  const events = new Map(items.filter(({ shape }) => shape === "diamond").map(({ key, first }) => [key, first]));
  const moment = (at: number, keys: string[]): Moment => ({ at, isDay: at % DAY_S === 0, keys });
  // The links of an event say its time once more.
  const others = links.filter(({ begin, end }) => !events.has(begin) && !events.has(end));
  return [
    ...[...events].flatMap(([key, at]) => (at === null ? [] : [moment(at, [key])])),
    ...others.flatMap(({ since, begin, end }) => (since === null ? [] : [moment(since, [begin, end])])),
  ];
}

/** The moments that one property of items says; what names no day is none. */
export function saidMoments(items: readonly Item[], prop: string): Moment[] {
  return items.flatMap(({ key, facts }) =>
    (facts[prop] ?? []).filter((value) => /^\d{4}-\d\d-\d\d/.test(value)).flatMap((value): Moment[] => {
      const isDay = value.length === 10;
      const at = Date.parse(isDay || /(Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value}Z`);
      return Number.isNaN(at) ? [] : [{ at: at / 1000, isDay, keys: [key] }];
    }),
  );
}

/** The properties of which some value on the chart names an hour. */
export function withHours(items: readonly Item[]): Set<string> {
  const known = items.flatMap(({ facts }) => Object.entries(facts).filter(([, values]) => values.some((value) => /^\d{4}-\d\d-\d\dT/.test(value))));
  return new Set(known.map(([name]) => name));
}

/** How often in each hour of the week, by the clock of a zone; and how much is known by its day alone. */
export function byHour(moments: readonly Moment[], zone: string): { week: Hour[][]; without: number } {
  const week = Array.from({ length: 7 }, () => Array.from({ length: 24 }, (): Hour => ({ times: 0, keys: new Set() })));
  const clock = new Intl.DateTimeFormat("en-GB", { weekday: "short", hour: "2-digit", hourCycle: "h23", timeZone: zone });
  const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  let without = 0;
  for (const { at, isDay, keys } of moments) {
    if (isDay) without++;
    if (isDay) continue;
    const parts = clock.formatToParts(new Date(at * 1000));
    const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "";
    const hour = week[days.indexOf(part("weekday"))]?.[Number(part("hour"))];
    if (!hour) continue;
    hour.times++;
    for (const key of keys) hour.keys.add(key);
  }
  return { week, without };
}

function put(some: Map<string, string[]>, name: string, key: string): void {
  const there = some.get(name);
  if (there) there.push(key);
  else some.set(name, [key]);
}

function isNumber(value: string): boolean {
  return value.trim() !== "" && Number.isFinite(Number(value));
}

function isDate(value: string): boolean {
  return /^\d{4}-\d\d(-\d\d)?(T|$)/.test(value);
}

function frequent(said: Map<string, string[]>): Bar[] {
  const bars = [...said].map(([name, keys]) => ({ name, keys }));
  return bars.sort((one, other) => other.keys.length - one.keys.length || one.name.localeCompare(other.name));
}

function dates(said: Map<string, string[]>): Bar[] {
  const years = new Set([...said.keys()].map((value) => value.slice(0, 4)));
  const by = new Map<string, string[]>();
  for (const [value, keys] of said) for (const key of keys) put(by, value.slice(0, years.size > 1 ? 4 : 7), key);
  return [...by].sort(([one], [other]) => one.localeCompare(other)).map(([name, keys]) => ({ name, keys: [...new Set(keys)] }));
}

/** Numbers in steps of one width, which begin and end where people would let them; of whole numbers both ends are in. */
function steps(said: Map<string, string[]>, write: (number: number) => string): Bar[] {
  const numbers = [...said.keys()].map(Number);
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const areWhole = numbers.every(Number.isInteger);
  const wide = areWhole ? Math.ceil((most - least + 1) / STEPS) : rounded((most - least) / STEPS);
  const from = areWhole ? least : Math.floor(least / wide) * wide;
  const many = Math.floor((most - from) / wide) + 1;
  const bars: Bar[] = Array.from({ length: many }, (_, step) => {
    const [begin, end] = [from + step * wide, from + (step + 1) * wide];
    const last = areWhole ? Math.min(most, end - 1) : end;
    return { name: begin === last ? write(begin) : `${write(begin)} – ${areWhole ? "" : "< "}${write(last)}`, keys: [] };
  });
  for (const [value, keys] of said) bars[Math.floor((Number(value) - from) / wide)]?.keys.push(...keys);
  return bars.map(({ name, keys }) => ({ name, keys: [...new Set(keys)] }));
}

/** The next larger of 1, 2 and 5 by a power of ten. */
function rounded(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  return power * (ROUND.find((one) => one * power >= width * (1 - 1e-9)) ?? 10);
}
