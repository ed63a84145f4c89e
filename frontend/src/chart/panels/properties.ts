/** Offers each property that something on the chart has, to be ruled or counted by. */
import type { Sheet } from "../sheet.ts";

export function offerProperties(select: HTMLSelectElement, sheet: Sheet, known = saidOf(sheet)): void {
  const before = select.value;
  const options = [...known].map((name) => new Option(sheet.words.get(name) ?? name, name));
  options.sort((one, other) => one.text.localeCompare(other.text));
  select.querySelector("[data-properties]")?.replaceChildren(...options);
  if (before) select.value = before;
  if (select.selectedIndex < 0) select.selectedIndex = 0;
}

function saidOf(sheet: Sheet): Set<string> {
  return new Set(sheet.shown.flatMap(({ key }) => Object.keys(sheet.items.get(key)?.facts ?? {})));
}
