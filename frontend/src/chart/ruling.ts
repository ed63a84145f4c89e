/** Rules of drawing: whether one is about an item or the links of a line, and what it makes of how that is drawn. Pure. */
import type { EdgeLook, Ink, NodeLook } from "./drawing/looks.ts";
import type { Amounts, Item, Link, Measured, Rule } from "./model.ts";

const LARGEST = 42;
const WIDEST = 9;

/** The rules about items, or about links; the first versions knew items alone. */
export function rulesOf(rules: readonly Rule[], of: "items" | "links"): Rule[] {
  return rules.filter((rule) => (rule.of ?? "items") === of);
}

export function fitsItem(rule: Rule, item: Item, measured: Measured | null): boolean {
  return fits(rule, valuesOfItem(rule.about, item, measured));
}

/** What is known of an item under a name: its kind, a measure, a property or an amount. */
function valuesOfItem(about: string, item: Item, measured: Measured | null): string[] {
  if (about === "schema") return [item.schema];
  const measure = measured?.values[about as keyof Measured["values"]];
  if (measure) return [String(measure.get(item.key) ?? 0)];
  const amount = item.amounts[about];
  return amount === undefined ? (item.facts[about] ?? []) : [String(amount)];
}

export function fitsLinks(rule: Rule, links: readonly Link[], sum: Amounts, certainty: string): boolean {
  const known: Record<string, string[]> = {
    kind: links.map(({ kind }) => kind),
    certainty: [certainty],
    count: [String(links.length)],
    sources: [String(links.reduce((all, { sources }) => all + sources, 0))],
  };
  const amount = sum[rule.about];
  return fits(rule, known[rule.about] ?? (amount === undefined ? [] : [String(amount)]));
}

function fits({ comparison, value: asked }: Rule, values: readonly string[]): boolean {
  const wanted = asked.toLocaleLowerCase();
  return values.some((value) => {
    const said = value.toLocaleLowerCase();
    if (comparison === "any") return said !== "";
    if (comparison === "is") return said === wanted;
    if (comparison === "contains") return wanted !== "" && said.includes(wanted);
    const [one, other] = [Number(value), Number(asked)];
    if (Number.isNaN(one) || Number.isNaN(other)) return comparison === "least" ? said >= wanted : said <= wanted;
    return comparison === "least" ? one >= other : one <= other;
  });
}

export function applyToItem({ effect, with: how }: Rule, look: NodeLook): void {
  const ink = how as Ink;
  if (effect === "colour") Object.assign(look, { fill: ink, ink: "surface", line: ink });
  else if (effect === "border") Object.assign(look, { line: ink, border: 3 });
  else if (effect === "size") look.size = Math.min(LARGEST, look.size * Number(how));
  else if (effect === "badge") look.badge = how.slice(0, 2);
  else if (effect === "as") look.as = how as NodeLook["as"];
}

export function applyToLine({ effect, with: how }: Rule, look: EdgeLook): void {
  if (effect === "colour") look.ink = how as Ink;
  else if (effect === "size") look.size = Math.min(WIDEST, look.size * Number(how));
  else if (effect === "dash") look.dash = how as EdgeLook["dash"];
}
