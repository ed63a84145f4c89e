/** What stands on the chart and what was made of it, with every step back and forth. */
import { type Content, EMPTY, type Item, type Link, type Piece, type Placed, type Snapshot } from "./model.ts";

const MOST_STEPS = 100;

/** All but what stands on the chart; and what was saved there and is not in the records any more, or not for this officer. */
export type Settings = Omit<Content, "items"> & { absent: readonly Placed[] };

interface Step {
  placed: ReadonlyMap<string, Placed>;
  settings: Settings;
}

interface Seen {
  placed: ReadonlyMap<string, Placed>;
  only: ReadonlySet<string> | null;
  known: number;
  shown: Placed[];
  links: Link[];
  /** How many links there are between items on the chart, shown or not. */
  linksAmongPlaced: number;
  /** Why items on the chart are not shown: how many are hidden, and how many stand in another. */
  unseen: { hidden: number; collapsed: number };
}

export class Sheet {
  /** All that was ever fetched: what is taken back needs no asking. */
  readonly items = new Map<string, Item>();
  readonly links = new Map<string, Link>();
  readonly words = new Map<string, string>();
  /** The icons of properties, and values in words, as pieces say them. */
  readonly signs = new Map<string, string>();
  readonly said = new Map<string, Map<string, string>>();
  placed: ReadonlyMap<string, Placed> = new Map();
  settings: Settings = settingsOf(EMPTY);
  /** While a briefing goes on, what its present step shows; nothing is changed by that. */
  only: ReadonlySet<string> | null = null;
  private known = 0;
  private last: Seen | null = null;
  private undone: Step[] = [];
  private done: Step[] = [];
  private saved: Step = this.step();

  /** Take what the server says; where items stand is another matter. */
  know(piece: Piece): void {
    this.known++;
    for (const item of piece.items) this.items.set(item.key, item);
    for (const link of piece.links) this.links.set(link.key, link);
    for (const [name, words] of Object.entries(piece.words)) this.words.set(name, words);
    for (const [name, sign] of Object.entries(piece.signs)) this.signs.set(name, sign);
    for (const [name, values] of Object.entries(piece.said)) this.said.set(name, new Map([...(this.said.get(name) ?? []), ...Object.entries(values)]));
  }

  /** Begin with what was saved. What is no longer there is kept and stands nowhere; what is one now stands once. */
  open(content: Content, piece: Piece): void {
    this.know(piece);
    const now = (key: string): string => piece.aliases[key] ?? key;
    const { placed, absent } = this.parted(renamedItems(content.items, now).values());
    this.placed = placed;
    const settings = settingsOf(content);
    this.settings = { ...settings, absent, snapshots: settings.snapshots.map((one) => renamedSnapshot(one, now)) };
    this.keep();
  }

  /** Take all that is on a chart, as one step. */
  take(content: Content): void {
    const { placed, absent } = this.parted(content.items);
    this.change((now) => {
      now.clear();
      for (const [key, one] of placed) now.set(key, one);
    }, { ...settingsOf(content), absent });
  }

  /** Those that can stand on the chart, and those that are not there. */
  private parted(items: Iterable<Placed>): { placed: Map<string, Placed>; absent: Placed[] } {
    const every = [...items];
    const placed = new Map(every.filter(({ key }) => this.items.has(key)).map((one) => [one.key, one]));
    for (const [key, one] of placed) if (one.into && !placed.has(one.into)) placed.set(key, { ...one, into: "" });
    return { placed, absent: every.filter(({ key }) => !placed.has(key)) };
  }

  /** Let each stand under the key by which it is known now, in every step; those that are one now stand once. */
  rename(aliases: Readonly<Record<string, string>>): void {
    if (!Object.keys(aliases).length) return;
    const now = (key: string): string => aliases[key] ?? key;
    const [placed, settings] = [new Map<Step["placed"], Step["placed"]>(), new Map<Settings, Settings>()];
    const renamed = (step: Step): Step => {
      const made = placed.get(step.placed) ?? renamedItems(step.placed.values(), now);
      const set = settings.get(step.settings) ?? { ...step.settings, snapshots: step.settings.snapshots.map((one) => renamedSnapshot(one, now)) };
      placed.set(step.placed, made);
      settings.set(step.settings, set);
      return { placed: made, settings: set };
    };
    this.done = this.done.map(renamed);
    this.undone = this.undone.map(renamed);
    this.saved = renamed(this.saved);
    ({ placed: this.placed, settings: this.settings } = renamed(this.step()));
  }

  /** Let go of what is not there any more, in every step: taking something back does not bring it again. */
  forget(items: ReadonlySet<string>, links: Iterable<string>): void {
    for (const key of items) this.items.delete(key);
    for (const key of links) this.links.delete(key);
    this.known++;
    if (!items.size) return;
    const made = new Map<ReadonlyMap<string, Placed>, ReadonlyMap<string, Placed>>();
    const without = ({ placed, settings }: Step): Step => {
      const rest = made.get(placed) ?? new Map([...placed].flatMap(([key, one]) => (items.has(key) ? [] : [[key, items.has(one.into ?? "") ? { ...one, into: "" } : one] as const])));
      made.set(placed, rest);
      return { placed: rest, settings };
    };
    this.done = this.done.map(without);
    this.undone = this.undone.map(without);
    this.saved = without(this.saved);
    this.placed = without(this.step()).placed;
  }

  /** What is kept of the chart; of items nothing that says nothing. */
  content(): Content {
    const { absent, ...settings } = this.settings;
    const items = [...this.placed.values(), ...absent.filter(({ key }) => !this.placed.has(key))];
    return { items: items.map(lean), ...settings };
  }

  get shown(): Placed[] {
    return this.seen().shown;
  }

  /** All that is not hidden, also what stands in another: whoever is shown the chart may learn of it. */
  get unhidden(): string[] {
    return [...this.placed.values()].filter(({ hidden }) => !hidden).map(({ key }) => key);
  }

  isShown(key: string): boolean {
    const one = this.placed.get(key);
    return one !== undefined && this.stands(one);
  }

  private stands({ key, hidden, into }: Placed): boolean {
    return !into && (this.only ? this.only.has(key) : !hidden);
  }

  /** What is collapsed into an item, and not into one of those. */
  within(key: string): string[] {
    return [...this.placed.values()].filter(({ into }) => into === key).map((one) => one.key);
  }

  /** The links with both ends shown; those of what is collapsed end at what it is collapsed into. */
  shownLinks(): Link[] {
    return this.seen().links;
  }

  /** Those that are linked to these, as it is shown. */
  neighbours(keys: Iterable<string>): string[] {
    const from = new Set(keys);
    return this.shownLinks().flatMap(({ begin, end }) => (from.has(begin) ? [end] : from.has(end) ? [begin] : []));
  }

  /** What is shown, looked for once for as long as nothing else is known or placed. */
  private seen(): Seen {
    const { placed, only, known, last } = this;
    if (last?.placed === placed && last.only === only && last.known === known) return last;
    const shown = [...placed.values()].filter((one) => this.stands(one));
    const links = [...this.links.values()].flatMap((link) => {
      const [begin, end] = [this.standsIn(link.begin), this.standsIn(link.end)];
      if (begin === end || !this.isShown(begin) || !this.isShown(end)) return [];
      return begin === link.begin && end === link.end ? [link] : [{ ...link, begin, end }];
    });
    const away = [...placed.values()].filter(({ hidden, into }) => hidden || into);
    const hidden = away.filter((one) => one.hidden).length;
    let linksAmongPlaced = 0;
    for (const { begin, end } of this.links.values()) if (placed.has(begin) && placed.has(end)) linksAmongPlaced++;
    return (this.last = { placed, only, known, shown, links, linksAmongPlaced, unseen: { hidden, collapsed: away.length - hidden } });
  }

  get linksAmongPlaced(): number {
    return this.seen().linksAmongPlaced;
  }

  get unseen(): Seen["unseen"] {
    return this.seen().unseen;
  }

  private standsIn(key: string): string {
    let [at, steps] = [key, 0];
    for (let one = this.placed.get(at); one?.into && !one.hidden && steps < this.placed.size; one = this.placed.get(at), steps++) at = one.into;
    return at;
  }

  /** Do something that can be taken back. */
  change(change: (placed: Map<string, Placed>) => void, settings: Partial<Settings> = {}): void {
    this.done.push(this.step());
    if (this.done.length > MOST_STEPS) this.done.shift();
    this.undone = [];
    const placed = new Map(this.placed);
    change(placed);
    this.placed = placed;
    this.settings = { ...this.settings, ...settings };
  }

  set(settings: Partial<Settings>): void {
    this.change(() => undefined, settings);
  }

  snapshots(snapshots: Snapshot[]): void {
    this.set({ snapshots });
  }

  undo(): boolean {
    return this.go(this.done, this.undone);
  }

  redo(): boolean {
    return this.go(this.undone, this.done);
  }

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  /** What stands now, to be kept once it is saved. */
  mark(): Step {
    return this.step();
  }

  /** This is what is saved. */
  keep(what: Step = this.step()): void {
    this.saved = what;
  }

  get isSaved(): boolean {
    return this.saved.placed === this.placed && this.saved.settings === this.settings;
  }

  private step(): Step {
    return { placed: this.placed, settings: this.settings };
  }

  private go(from: Step[], to: Step[]): boolean {
    const step = from.pop();
    if (!step) return false;
    to.push(this.step());
    this.placed = step.placed;
    this.settings = step.settings;
    return true;
  }
}

function renamedItems(items: Iterable<Placed>, now: (key: string) => string): Map<string, Placed> {
  const placed = new Map<string, Placed>();
  for (const one of items) {
    const [key, into] = [now(one.key), now(one.into ?? "")];
    if (!placed.has(key)) placed.set(key, { ...one, key, into: into === key ? "" : into });
  }
  return placed;
}

function renamedSnapshot(snapshot: Snapshot, now: (key: string) => string): Snapshot {
  const [shown, selected] = [snapshot.shown, snapshot.selected].map((keys) => [...new Set(keys.map(now))]) as [string[], string[]];
  return { ...snapshot, shown, selected };
}

function lean({ key, x, y, ...rest }: Placed): Placed {
  return { key, x, y, ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value)) };
}

/** What the first versions did not say is meant as in an empty chart. */
function settingsOf(content: Content): Settings {
  const { items: _, ...settings } = { ...EMPTY, ...content };
  return { ...settings, absent: [] };
}
