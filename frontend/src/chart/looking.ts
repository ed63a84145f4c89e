/** From what is known and what was chosen to what is drawn: sizes, colours, rules, and links gathered or apart. */
import type { EdgeLook, Group, Ink, Looks, NodeLook } from "./drawing/looks.ts";
import type { Certainty, Item, Link, Measured, Placed, Rule } from "./model.ts";
import { grouped } from "./grouping.ts";
import type { Sheet } from "./sheet.ts";
import { inTime } from "./themes.ts";

const SIZE = { least: 12, usual: 16, most: 32 };
const APART_PX = 13;
const CERTAIN: Certainty[] = ["confirmed", "unconfirmed", "tentative"];
const GROUPS: Ink[] = ["chart-1", "chart-2", "chart-3", "chart-4", "chart-5", "chart-6", "chart-7", "chart-8"];
const LARGEST_AREAS = 6;
/** With more links than this each is drawn lighter: together they are dark enough. */
const CROWD = 1_500;

export interface Wish {
  sheet: Sheet;
  measured: Measured | null;
  /** Items and links to be lifted out: a path that was found. */
  path: { items: ReadonlySet<string>; links: ReadonlySet<string> };
  /** These alone stand out; all do where there is none. */
  lit: ReadonlySet<string> | null;
  words: { group: string; links: (n: number) => string; day: (seconds: number) => string };
}

export function looksOf({ sheet, measured, path, lit, words }: Wish): Looks {
  const shown = sheet.shown;
  const { sized, coloured, rules, layout } = sheet.settings;
  const scale = sized === "same" ? null : scaleOf(measured?.values[sized], shown);
  const amount = coloured !== "none" && coloured !== "community" && coloured !== "component" ? scaleOf(measured?.values[coloured], shown) : null;
  const parts = coloured === "community" ? measured?.community : coloured === "component" ? measured?.component : undefined;
  const inside = grouped([...sheet.placed.values()].filter(({ into }) => into), ({ into }) => into ?? "");
  const nodes = shown.map((placed) => {
    const item = sheet.items.get(placed.key) as Item;
    const onPath = path.items.has(item.key);
    const look: NodeLook = {
      key: item.key,
      x: placed.x,
      y: placed.y,
      size: scale ? SIZE.least + (SIZE.most - SIZE.least) * Math.sqrt(scale(item.key)) : SIZE.usual,
      shape: item.shape,
      icon: item.icon,
      fill: "surface-2",
      line: onPath ? "amber-fill" : "ink-3",
      ink: "ink",
      border: onPath ? 2.6 : 1.5,
      label: item.name,
      under: item.under,
      badge: inside.has(placed.key) ? `+${inside.get(placed.key)?.length ?? ""}` : placed.note ? "✎" : "",
      weight: item.degree + (onPath ? 1e4 : 0),
      pinned: placed.pinned === true,
      faint: lit !== null && !lit.has(item.key),
    };
    const part = parts?.get(item.key);
    if (part !== undefined && part < GROUPS.length) Object.assign(look, { line: GROUPS[part], border: 2.4 });
    if (amount) Object.assign(look, shaded(amount(item.key)));
    for (const rule of rules) if (fits(rule, item, measured)) apply(rule, look);
    if (look.faint) Object.assign(look, { fill: "surface-2", weight: -1 });
    return look;
  });
  const edges = gathered(sheet, path.links, words.links);
  if (lit) for (const one of edges) one.faint = !lit.has(one.begin) && !lit.has(one.end);
  if (layout === "time") {
    const timed = inTime(sheet, nodes, edges);
    const moments = timed.moments.map(({ x, at }) => ({ x, words: words.day(at) }));
    return { nodes: timed.nodes, edges: timed.edges, lines: edges.length, groups: [], themes: true, moments };
  }
  return { nodes, edges, lines: edges.length, groups: coloured === "community" ? areas(measured, shown, words.group) : [], themes: false, moments: [] };
}

function scaleOf(values: Map<string, number> | undefined, shown: Placed[]): ((key: string) => number) | null {
  if (!values) return null;
  const most = Math.max(...shown.map(({ key }) => values.get(key) ?? 0), 1e-12);
  return (key) => (values.get(key) ?? 0) / most;
}

function shaded(share: number): Partial<NodeLook> {
  if (share > 0.5) return { fill: "chart-high", ink: "surface" };
  if (share > 0.12) return { fill: "chart-mid", ink: "ink" };
  return { fill: "chart-low", ink: "ink" };
}

function areas(measured: Measured | null, shown: Placed[], name: string): Group[] {
  const by = grouped(shown, ({ key }) => measured?.community.get(key) ?? -1);
  const found = [...by].filter(([part, some]) => part >= 0 && some.length > 2).sort(([one], [other]) => one - other);
  return found.slice(0, LARGEST_AREAS).map(([part, some]) => ({
    name: name.replace("{n}", String(part + 1)).replace("{of}", String(by.size)),
    members: some.map(({ key }) => key),
  }));
}

/** Whether a rule is about an item. */
export function fits(rule: Rule, item: Item, measured: Measured | null): boolean {
  const measure = measured?.values[rule.about as keyof Measured["values"]];
  const values = rule.about === "schema" ? [item.schema] : measure ? [String(measure.get(item.key) ?? 0)] : (item.facts[rule.about] ?? []);
  const wanted = rule.value.toLocaleLowerCase();
  return values.some((value) => {
    const said = value.toLocaleLowerCase();
    if (rule.comparison === "any") return said !== "";
    if (rule.comparison === "is") return said === wanted;
    if (rule.comparison === "contains") return wanted !== "" && said.includes(wanted);
    const [one, other] = [Number(value), Number(rule.value)];
    if (Number.isNaN(one) || Number.isNaN(other)) return rule.comparison === "least" ? said >= wanted : said <= wanted;
    return rule.comparison === "least" ? one >= other : one <= other;
  });
}

function apply({ effect, with: how }: Rule, look: NodeLook): void {
  const ink = how as Ink;
  if (effect === "colour") Object.assign(look, { fill: ink, ink: "surface", line: ink });
  else if (effect === "border") Object.assign(look, { line: ink, border: 3 });
  else if (effect === "size") look.size = Math.min(SIZE.most * 1.2, look.size * Number(how));
  else look.badge = how.slice(0, 2);
}

/** The links as they are drawn: one for two, one each way, or each. */
function gathered(sheet: Sheet, onPath: ReadonlySet<string>, many: (n: number) => string): EdgeLook[] {
  const links = sheet.shownLinks();
  const pair = ({ begin, end }: Link): string => (begin < end ? `${begin} ${end}` : `${end} ${begin}`);
  const between = grouped(links, pair);
  const plain: Ink = links.length > CROWD ? "line-2" : "line-strong";
  const found: EdgeLook[] = [];
  for (const some of between.values()) {
    const bundles = sheet.settings.links === "many" ? some.map((one) => [one]) : sheet.settings.links === "direction" ? apart(some) : [some];
    bundles.forEach((bundle, place) => {
      const aside = (place - (bundles.length - 1) / 2) * APART_PX;
      found.push(edge(bundle, (bundle[0] as Link).begin < (bundle[0] as Link).end ? aside : -aside, { onPath, many, plain }));
    });
  }
  return found.sort((one, other) => Number(one.ink === "amber-fill") - Number(other.ink === "amber-fill"));
}

function apart(some: Link[]): Link[][] {
  return [...grouped(some, ({ begin, directed }) => (directed ? begin : "")).values()];
}

interface Pen {
  onPath: ReadonlySet<string>;
  many: (n: number) => string;
  plain: Ink;
}

function edge(bundle: Link[], aside: number, { onPath, many, plain }: Pen): EdgeLook {
  const [first] = bundle as [Link];
  const lifted = bundle.some(({ key }) => onPath.has(key));
  const labels = new Set(bundle.map(({ label }) => label));
  const forth = bundle.some(({ begin, directed }) => directed && begin === first.begin);
  const back = bundle.some(({ begin, directed }) => directed && begin === first.end);
  return {
    key: first.key,
    begin: first.begin,
    end: first.end,
    label: labels.size === 1 ? first.label + (bundle.length > 1 ? ` ×${bundle.length}` : "") : many(bundle.length),
    size: lifted ? 3 : 1.2 + Math.min(2, 0.5 * Math.log2(bundle.length)),
    ink: lifted ? "amber-fill" : plain,
    certainty: CERTAIN.find((one) => bundle.some(({ certainty }) => certainty === one)) ?? "tentative",
    aside,
    heads: (forth ? 1 : 0) + (back ? 2 : 0),
    faint: false,
  };
}
