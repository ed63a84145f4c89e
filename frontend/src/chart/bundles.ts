/** The links of a chart as lines: one for two items, one each way, or each; with what is written along them. Pure. */
import { amountWords, sumOf } from "./amounts.ts";
import type { EdgeLook, Ink } from "./drawing/looks.ts";
import { grouped } from "./grouping.ts";
import type { Amounts, Certainty, Link, Rule } from "./model.ts";
import { applyToLine, fitsLinks, rulesOf } from "./ruling.ts";
import type { Sheet } from "./sheet.ts";

const APART_PX = 13;
const CERTAIN: Certainty[] = ["confirmed", "unconfirmed", "tentative"];
/** With more links than this each is drawn lighter: together they are dark enough. */
const CROWD = 1_500;

interface Wish {
  sheet: Sheet;
  /** The links to be lifted out. */
  onPath: ReadonlySet<string>;
  /** “3 links”. */
  many: (n: number) => string;
  /** Told of each rule that a line is drawn by. */
  used: Set<Rule>;
}

export function linesOf(wish: Wish): EdgeLook[] {
  const { sheet } = wish;
  const links = sheet.shownLinks();
  const pair = ({ begin, end }: Link): string => (begin < end ? `${begin} ${end}` : `${end} ${begin}`);
  const plain: Ink = links.length > CROWD ? "line-2" : "line-strong";
  const rules = rulesOf(sheet.settings.rules, "links");
  const found: EdgeLook[] = [];
  for (const some of grouped(links, pair).values()) {
    const bundles = sheet.settings.links === "many" ? some.map((one) => [one]) : sheet.settings.links === "direction" ? apart(some) : [some];
    bundles.forEach((bundle, place) => {
      const [first] = bundle as [Link];
      const aside = (place - (bundles.length - 1) / 2) * APART_PX;
      const sum = sumOf(bundle, sheet.items.get(first.begin), sheet.items.get(first.end));
      const line = { ...lineOf(bundle), aside: first.begin < first.end ? aside : -aside, label: said(bundle, sum, wish) };
      for (const rule of rules) {
        if (!fitsLinks(rule, bundle, sum, line.certainty)) continue;
        wish.used.add(rule);
        applyToLine(rule, line);
      }
      if (bundle.some(({ key }) => wish.onPath.has(key))) Object.assign(line, { ink: "amber-fill", size: Math.max(3, line.size) });
      else if (line.ink === "line-strong") line.ink = plain;
      found.push(line);
    });
  }
  return found.sort((one, other) => Number(one.ink === "amber-fill") - Number(other.ink === "amber-fill"));
}

function apart(some: Link[]): Link[][] {
  return [...grouped(some, ({ begin, directed }) => (directed ? begin : "")).values()];
}

function said(bundle: Link[], sum: Amounts, { sheet, many }: Wish): string {
  const { labels } = sheet.settings;
  if (labels === "sum") return amountWords(sum);
  const words = new Set(bundle.map(({ label }) => label));
  if (labels === "count" || words.size > 1) return many(bundle.length);
  return [...words].join("") + (bundle.length > 1 ? ` ×${bundle.length}` : "");
}

function lineOf(bundle: Link[]): Omit<EdgeLook, "aside" | "label"> {
  const [first] = bundle as [Link];
  const forth = bundle.some(({ begin, directed }) => directed && begin === first.begin);
  const back = bundle.some(({ begin, directed }) => directed && begin === first.end);
  const certainty = CERTAIN.find((one) => bundle.some((link) => link.certainty === one)) ?? "tentative";
  return {
    key: first.key,
    begin: first.begin,
    end: first.end,
    size: 1.2 + Math.min(2, 0.5 * Math.log2(bundle.length)),
    ink: "line-strong",
    certainty,
    dash: certainty,
    heads: (forth ? 1 : 0) + (back ? 2 : 0),
    faint: false,
  };
}
