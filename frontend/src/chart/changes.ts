/** What has changed between what a chart knows and what the records say now. Pure. */
import type { Item, Link, Piece } from "./model.ts";

export interface Changes {
  /** Items that are not there any more, or are one with another now. */
  gone: Set<string>;
  /** The keys of links that nobody says any more, or not as they were said. */
  lost: string[];
  /** Links that the chart has, or that are not on it, as they are known now. */
  again: Link[];
  /** Items of which something else is said. */
  changed: Set<string>;
  /** Links that the chart does not have. */
  links: Link[];
  /** Items to which more is linked that is not on the chart. */
  more: Set<string>;
}

interface Known {
  items: ReadonlyMap<string, Item>;
  links: ReadonlyMap<string, Link>;
  placed: ReadonlyMap<string, unknown>;
}

export function changesIn({ items, links, placed }: Known, now: Piece, asked: ReadonlySet<string>): Changes {
  const told = new Map(now.items.map((item) => [item.key, item]));
  const gone = new Set([...asked].filter((key) => !told.has(key)));
  const there = new Set(now.links.map(said));
  const keys = new Set(now.links.map(({ key }) => key));
  const before = new Set([...links.values()].map(said));
  const lost = [...links.values()].filter((link) => asked.has(link.begin) && asked.has(link.end) && !(keys.has(link.key) && there.has(said(link)))).map(({ key }) => key);
  const fresh = now.links.filter((link) => !before.has(said(link)));
  const news = new Set(fresh.filter(({ begin, end }) => placed.has(begin) && placed.has(end)));
  const again = now.links.filter((link) => !news.has(link));
  const both = [...asked].filter((key) => placed.has(key) && items.has(key) && told.has(key)).map((key) => [items.get(key), told.get(key)] as [Item, Item]);
  const beside = new Map<string, number>();
  for (const { begin, end } of fresh) for (const key of [begin, end]) beside.set(key, (beside.get(key) ?? 0) + 1);
  const more = both.filter(([one, other]) => other.degree - one.degree > (beside.get(one.key) ?? 0));
  const changed = both.filter(([one, other]) => JSON.stringify({ ...one, degree: 0 }) !== JSON.stringify({ ...other, degree: 0 }));
  return { gone, lost, again, changed: keysOf(changed), links: [...news], more: keysOf(more) };
}

/** What a link says: its key is that of whoever said it first, and may become another's. */
function said({ kind, begin, end, label, since }: Link): string {
  return [kind, begin, end, label, since].join(" ");
}

function keysOf(pairs: [Item, Item][]): Set<string> {
  return new Set(pairs.map(([one]) => one.key));
}
