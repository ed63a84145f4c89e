/** Counts what is shown: items by what is said of them, and what happened by hour and weekday. Pure. */
import type { Item, Link } from "./model.ts";

/** Some items that have something in common; nothing in common but that nothing is said of them where `name` is empty. */
export interface Bar {
  name: string;
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

/** Items by a value: numbers in steps, dates by year or month, anything else by itself, the most frequent first. */
export function counted(items: readonly Item[], valuesOf: (item: Item) => string[]): Bar[] {
  const said = new Map<string, string[]>();
  const silent: string[] = [];
  for (const item of items) {
    const values = new Set(valuesOf(item).filter(Boolean));
    if (!values.size) silent.push(item.key);
    for (const value of values) put(said, value, item.key);
  }
  const names = [...said.keys()];
  const bars = names.length > MOST_BARS && names.every(isNumber) ? steps(said) : names.length && names.every(isDate) ? dates(said) : frequent(said);
  return silent.length ? [...bars, { name: "", keys: silent }] : bars;
}

/** How often in each hour of the week, by the clock of a zone; and how much is known by its day alone. */
export function byHour(items: readonly Item[], links: readonly Link[], zone: string): { week: Hour[][]; without: number } {
  const week = Array.from({ length: 7 }, () => Array.from({ length: 24 }, (): Hour => ({ times: 0, keys: new Set() })));
  const clock = new Intl.DateTimeFormat("en-GB", { weekday: "short", hour: "2-digit", hourCycle: "h23", timeZone: zone });
  const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  const events = new Map(items.filter(({ shape }) => shape === "diamond").map(({ key, first }) => [key, first]));
  let without = 0;
  const happened = (at: number | null, keys: string[]): void => {
    if (at === null) return;
    if (at % DAY_S === 0) return void without++;
    const parts = clock.formatToParts(new Date(at * 1000));
    const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "";
    const hour = week[days.indexOf(part("weekday"))]?.[Number(part("hour"))];
    if (!hour) return;
    hour.times++;
    for (const key of keys) hour.keys.add(key);
  };
  for (const [key, at] of events) happened(at, [key]);
  // The links of an event say its time once more.
  for (const { begin, end, since } of links) if (!events.has(begin) && !events.has(end)) happened(since, [begin, end]);
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

function steps(said: Map<string, string[]>): Bar[] {
  const numbers = [...said.keys()].map(Number);
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const wide = (most - least) / STEPS;
  const bars: Bar[] = Array.from({ length: STEPS }, (_, step) => ({
    name: `${short(least + step * wide)} – ${short(least + (step + 1) * wide)}`,
    keys: [],
  }));
  for (const [value, keys] of said) bars[Math.min(STEPS - 1, Math.floor((Number(value) - least) / wide))]?.keys.push(...keys);
  return bars.map(({ name, keys }) => ({ name, keys: [...new Set(keys)] }));
}

function short(value: number): string {
  return value.toLocaleString(document.documentElement.lang, { maximumSignificantDigits: 3 });
}
