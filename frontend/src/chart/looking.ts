/** From what is known and what was chosen to what is drawn: sizes, colours, rules, and as what items stand. */
import { beneath, firstSaid, whenOf, whereabouts } from "./beneath.ts";
import { linesOf } from "./bundles.ts";
import { type BlockAs, blockOf, isBlock, type Row, swollen } from "./drawing/blocks.ts";
import { FRAME, type Group, type Ink, type Looks, type NodeLook, PICTURE_SIZE } from "./drawing/looks.ts";
import { grouped } from "./grouping.ts";
import type { Item, Measured, Placed, Rule } from "./model.ts";
import { applyToItem, fitsItem, rulesOf } from "./ruling.ts";
import type { Sheet } from "./sheet.ts";
import { inTime, onLines } from "./themes.ts";

const SIZE = { least: 12, usual: 16, most: 32 };
const GROUPS: Ink[] = ["chart-1", "chart-2", "chart-3", "chart-4", "chart-5", "chart-6", "chart-7", "chart-8"];
const LARGEST_AREAS = 6;

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
  const { sized, coloured, layout, areas } = sheet.settings;
  const rules = rulesOf(sheet.settings.rules, "items");
  const used = new Set<Rule>();
  const scale = sized === "same" ? null : scaleOf(measured?.values[sized], shown);
  const amount = coloured !== "none" && coloured !== "community" && coloured !== "component" ? scaleOf(measured?.values[coloured], shown) : null;
  const parts = coloured === "community" ? measured?.community : coloured === "component" ? measured?.component : undefined;
  const inside = grouped([...sheet.placed.values()].filter(({ into }) => into), ({ into }) => into ?? "");
  const nodes = shown.map((placed) => {
    const item = sheet.items.get(placed.key) as Item;
    const look = plain(placed, item, sheet);
    look.faint = lit !== null && !lit.has(item.key);
    if (scale) look.size = SIZE.least + (SIZE.most - SIZE.least) * Math.sqrt(scale(item.key));
    if (inside.has(placed.key)) look.badge = `+${inside.get(placed.key)?.length ?? ""}`;
    const part = parts?.get(item.key);
    if (part !== undefined && part < GROUPS.length) Object.assign(look, { line: GROUPS[part], border: 2.4 });
    if (amount) Object.assign(look, shaded(amount(item.key)));
    for (const rule of rules) {
      if (!fitsItem(rule, item, measured)) continue;
      used.add(rule);
      applyToItem(rule, look);
    }
    handmade(look, placed);
    if (path.items.has(item.key)) Object.assign(look, { line: "amber-fill", border: 2.6, weight: look.weight + 1e4 });
    if (look.faint) Object.assign(look, { fill: "surface-2", weight: -1 });
    return standing(look, placed, () => [...look.under, ...(sheet.settings.beneath.length ? [] : firstSaid(item, sheet))]);
  });
  frames(nodes, sheet, words.day);
  const edges = linesOf({ sheet, onPath: path.links, many: words.links, used });
  if (lit) for (const one of edges) one.faint = !lit.has(one.begin) && !lit.has(one.end);
  const drawn = { lines: edges.length, areas, used };
  if (layout === "time") {
    const timed = inTime(sheet, nodes, edges);
    const moments = timed.moments.map(({ x, at }) => ({ x, words: words.day(at) }));
    return { ...drawn, nodes: timed.nodes, edges: timed.edges, groups: [], themes: true, moments };
  }
  const groups = coloured === "community" ? areasOf(measured, shown, words.group) : [];
  return { ...drawn, ...onLines(nodes, edges), groups, themes: false, moments: [] };
}

function plain(placed: Placed, item: Item, sheet: Sheet): NodeLook {
  return {
    key: item.key,
    x: placed.x,
    y: placed.y,
    size: SIZE.usual,
    shape: item.shape,
    as: "icon",
    aspect: 1,
    block: null,
    icon: item.icon,
    picture: "",
    fill: "surface-2",
    line: "ink-3",
    ink: "ink",
    border: 1.5,
    label: item.name,
    under: [...(item.under ? [{ icon: "", text: item.under }] : []), ...beneath(item, sheet)],
    when: "",
    where: "",
    badge: placed.note ? "✎" : "",
    weight: item.degree,
    pinned: placed.pinned === true,
    faint: false,
    along: null,
  };
}

/** What the analyst said of this one stands above the rules. */
function handmade(look: NodeLook, { ink, badge, sign }: Placed): void {
  if (ink) Object.assign(look, { fill: ink, ink: "surface", line: ink });
  if (badge) look.badge = badge;
  if (sign) look.icon = sign;
}

/** As what an item stands: as it was said of this one, else as the rules have it. Without a picture it is its sign. */
function standing(look: NodeLook, placed: Placed, said: () => Row[]): NodeLook {
  const as = placed.as ?? look.as;
  if (isBlock(as)) return inBlock(look, as, said);
  if (as === "frame") return { ...look, as, aspect: FRAME.aspect, size: FRAME.size * Math.min(1.25, Math.max(0.85, look.size / SIZE.usual)) };
  if (as !== "picture" || !placed.picture) return { ...look, as: as === "picture" ? "icon" : as };
  return { ...look, as, picture: placed.picture, size: Math.max(PICTURE_SIZE, look.size), border: Math.max(2, look.border) };
}

/** As its words in an outline of its colour; filled by a measure alone. In a card stands also what is said. */
function inBlock(look: NodeLook, as: BlockAs, said: () => Row[]): NodeLook {
  const block = blockOf(as, look.label, as === "text" ? said() : []);
  const isOutlined = !look.faint && (look.fill === look.line || look.fill === "surface-2");
  return {
    ...look,
    as,
    block,
    aspect: block.aspect,
    size: block.size * swollen(look.size, SIZE.usual),
    under: as === "text" ? [] : look.under,
    border: Math.max(2, look.border),
    ...(isOutlined ? { fill: "surface", ink: "ink" } : {}),
  };
}

/** When and where stand at a frame; when is not said twice. */
function frames(nodes: NodeLook[], sheet: Sheet, day: (seconds: number) => string): void {
  const framed = nodes.filter(({ as }) => as === "frame");
  if (!framed.length) return;
  const places = whereabouts(sheet);
  for (const look of framed) {
    const item = sheet.items.get(look.key) as Item;
    look.when = whenOf(item, day);
    look.where = item.place || (places.get(look.key) ?? "");
    if (item.under) look.under = look.under.slice(1);
  }
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

function areasOf(measured: Measured | null, shown: Placed[], name: string): Group[] {
  const by = grouped(shown, ({ key }) => measured?.community.get(key) ?? -1);
  const found = [...by].filter(([part, some]) => part >= 0 && some.length > 2).sort(([one], [other]) => one - other);
  return found.slice(0, LARGEST_AREAS).map(([part, some]) => ({
    name: name.replace("{n}", String(part + 1)).replace("{of}", String(by.size)),
    members: some.map(({ key }) => key),
  }));
}
