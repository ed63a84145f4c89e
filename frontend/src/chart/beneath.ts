/** What stands at an item beside its name: values of chosen properties, and of a frame when and where. Pure. */
import { amountWords, worthOf } from "./amounts.ts";
import type { Row } from "./drawing/blocks.ts";
import type { Item } from "./model.ts";
import type { Sheet } from "./sheet.ts";

/** Stands among the properties for how much was seized at an event. */
export const AMOUNTS = "amounts";
const MOST_SAID = 4;
const PLACES = new Set(["CrossingPoint", "Address", "Territory", "LiaisonOffice"]);

/** A row for each chosen property of which something is said. */
export function beneath(item: Item, sheet: Sheet): Row[] {
  return sheet.settings.beneath.flatMap((prop): Row[] => {
    const text = prop === AMOUNTS ? amountWords(item.amounts) : valueWords(item, prop, sheet);
    return text ? [{ icon: prop === AMOUNTS ? "weight" : (sheet.signs.get(prop) ?? ""), text }] : [];
  });
}

/** The first that is said of an item, where nothing is chosen to stand at it; not what it is called. */
export function firstSaid(item: Item, sheet: Sheet): Row[] {
  const rows = Object.keys(item.facts).map((prop): Row => ({ icon: sheet.signs.get(prop) ?? "", text: valueWords(item, prop, sheet) }));
  return rows.filter(({ text }) => text && text !== item.name && text !== item.under).slice(0, MOST_SAID);
}

/** The value that most say, in words; how many others there are is said, too. */
export function valueWords(item: Item, prop: string, sheet: Sheet): string {
  const values = item.facts[prop] ?? [];
  const [first] = values;
  if (first === undefined) return "";
  const words = (prop === "amount" && amountWords(worthOf(item))) || inWords(item, prop, first, sheet);
  return values.length > 1 ? `${words} +${values.length - 1}` : words;
}

/** All values of a property as they are read and as they are kept. */
export function everyWords(item: Item, prop: string, sheet: Sheet): string[] {
  const values = item.facts[prop] ?? [];
  const read = values.map((value) => inWords(item, prop, value, sheet));
  return [...new Set([valueWords(item, prop, sheet), ...read, ...values])];
}

function inWords({ schema }: Item, prop: string, value: string, sheet: Sheet): string {
  return sheet.said.get(`${schema}:${prop}`)?.get(value) ?? value;
}

/** When an item was, from the first that is heard of it to the last. */
export function whenOf({ first, last }: Item, day: (seconds: number) => string): string {
  if (first === null) return "";
  const [begin, end] = [day(first), last === null ? "" : day(last)];
  return !end || begin === end ? begin : `${begin} – ${end}`;
}

/** Where each item was: the place that it is linked to and that is seen on the chart, each by its name. */
export function whereabouts(sheet: Sheet): Map<string, string> {
  const found = new Map<string, string>();
  for (const { begin, end } of sheet.links.values()) {
    for (const [one, other] of [[begin, end], [end, begin]] as const) {
      const there = sheet.placed.get(other);
      const place = there && !there.hidden ? sheet.items.get(other) : undefined;
      if (place && PLACES.has(place.schema) && !found.has(one)) found.set(one, place.name);
    }
  }
  return found;
}
