/** Asks for the measures of the chart as it is shown; they hold for those items and links alone. */
import type { Measure, Measured } from "./model.ts";
import type { Server } from "./server.ts";
import type { Sheet } from "./sheet.ts";

export interface Answer {
  values: Record<Measure | "bridges", number[]>;
  community: number[];
  component: number[];
}

const signatures = new WeakMap<Measured, string>();

/** Measure what is shown. */
export async function measured(server: Server, sheet: Sheet): Promise<Measured> {
  const shown = sheet.shown.map(({ key }) => key);
  const places = new Map(shown.map((key, place) => [key, place]));
  const links = sheet.shownLinks().flatMap(({ begin, end }) => [places.get(begin) as number, places.get(end) as number]);
  const wish = signature(sheet);
  const answer = await server.measures<Answer>({ count: shown.length, links });
  const found = measuredFrom(shown, answer);
  signatures.set(found, wish);
  return found;
}

/** Measures by the keys of items, from those in their order. */
export function measuredFrom(keys: readonly string[], answer: Answer): Measured {
  const byKey = (some: number[]): Map<string, number> => new Map(some.map((value, place) => [keys[place] as string, value]));
  const values = Object.fromEntries(Object.entries(answer.values).map(([name, some]) => [name, byKey(some)]));
  return { values: values as Measured["values"], community: byKey(answer.community), component: byKey(answer.component) };
}

/** What was measured, as a word that changes with the items and links that are shown. */
export function signature(sheet: Sheet): string {
  let mixed = 0;
  const mix = (text: string): void => {
    for (let at = 0; at < text.length; at += 3) mixed = (Math.imul(mixed, 31) + text.charCodeAt(at)) | 0;
  };
  const [shown, links] = [sheet.shown, sheet.shownLinks()];
  shown.forEach(({ key }) => mix(key));
  links.forEach(({ key }) => mix(key));
  return `${shown.length} ${links.length} ${mixed}`;
}

export function signatureOf(found: Measured): string {
  return signatures.get(found) ?? "";
}
