/**
 * People and firms of one kind and one name, drawn as one item of this chart.
 *
 * That is a way of drawing and no judgement: nobody else sees it, and the records say nothing else by it.
 */
import { grouped } from "./grouping.ts";
import type { Item } from "./model.ts";
import type { Sheet } from "./sheet.ts";

/** Who bears a name; goods and places of one name are not one. */
const NAMED: ReadonlySet<string> = new Set(["Person", "LegalEntity", "Company", "Organization", "PublicBody"]);

/** By the item that stands for all of its name, that with most links, the others that are shown. */
export function namesakes(sheet: Sheet): Map<string, string[]> {
  const shown = sheet.shown.flatMap(({ key }) => sheet.items.get(key) ?? []).filter((item) => calledAs(item));
  const alike = [...grouped(shown, calledAs).values()].filter((some) => some.length > 1);
  return new Map(
    alike.map((some) => {
      const into = some.reduce((best, one) => (one.degree > best.degree ? one : best));
      return [into.key, some.filter((one) => one !== into).map(({ key }) => key)];
    }),
  );
}

/** What stands as one with another because of its name. */
export function drawnAsOne(sheet: Sheet): string[] {
  const within = [...sheet.placed.values()].filter(({ into, hidden }) => into && !hidden);
  return within.flatMap(({ key, into }) => {
    const [one, other] = [sheet.items.get(key), sheet.items.get(into ?? "")];
    const name = one && other ? calledAs(one) : "";
    return name && other && name === calledAs(other) ? [key] : [];
  });
}

/** Kind and name, however it is written and in whatever order; empty of what bears none. */
function calledAs({ schema, kind, name }: Item): string {
  if (!NAMED.has(schema) || name === kind) return "";
  const words = name.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length ? [schema, ...words.sort()].join(" ") : "";
}
