/** What is selected, lifted out, or stands out: one for the chart, its views and its table. It tells when that changes. */
import type { Sheet } from "./sheet.ts";

/** Items with the links among them. */
export interface Part {
  items: ReadonlySet<string>;
  links: ReadonlySet<string>;
}

const NOTHING: Part = { items: new Set(), links: new Set() };

interface Heard {
  /** Others are selected. */
  chosen(): void;
  /** Another area is selected, or none. */
  area(): void;
  /** Others are lifted out, or stand out. */
  raised(): void;
}

export class Selection {
  chosen: ReadonlySet<string> = new Set();
  link = "";
  area = "";
  path = NOTHING;
  lit: ReadonlySet<string> | null = null;

  constructor(
    private readonly sheet: Sheet,
    private readonly heard: Heard,
  ) {}

  /** Select these; nothing else, or with what was selected: if all of them were, they no longer are. */
  choose(keys: Iterable<string>, more = false): void {
    const some = [...keys].filter((key) => this.sheet.placed.has(key));
    const next = new Set(more ? this.chosen : []);
    const all = some.every((key) => next.has(key));
    for (const key of some) {
      if (more && all) next.delete(key);
      else next.add(key);
    }
    this.select(next, "");
    if (this.area) this.selectArea("");
  }

  chooseLink(key: string): void {
    this.select(new Set(), key);
  }

  chooseArea(key: string): void {
    if (key) this.choose([]);
    this.selectArea(key);
  }

  lift(items: Iterable<string>, links: Iterable<string>): void {
    this.path = { items: new Set(items), links: new Set(links) };
    this.heard.raised();
  }

  standOut(keys: ReadonlySet<string> | null): void {
    this.lit = keys;
    this.heard.raised();
  }

  /** Let these alone stand out; where they do, all do again. */
  light(keys: Iterable<string>): void {
    const [before, next] = [this.lit, new Set(keys)];
    const isSame = before?.size === next.size && [...next].every((key) => before.has(key));
    this.standOut(isSame ? null : next);
  }

  get holds(): boolean {
    return this.chosen.size > 0 || this.link !== "" || this.area !== "" || this.path.items.size > 0 || this.lit !== null;
  }

  /** Nothing is selected, lifted out or stands out any more. */
  letGo(): void {
    this.choose([]);
    if (this.lit) this.standOut(null);
    if (this.path.items.size) this.lift([], []);
  }

  /** Let go of what does not stand on the chart any more; whether anything was. It is not told. */
  settle(): boolean {
    const { sheet } = this;
    const kept = new Set([...this.chosen].filter((key) => sheet.placed.has(key) && !sheet.placed.get(key)?.into));
    const link = sheet.links.get(this.link);
    const isLost = this.link !== "" && !(link && sheet.placed.has(link.begin) && sheet.placed.has(link.end));
    const area = sheet.settings.areas.some(({ key }) => key === this.area) ? this.area : "";
    const changed = isLost || kept.size < this.chosen.size || area !== this.area;
    this.chosen = kept;
    this.area = area;
    if (isLost) this.link = "";
    return changed;
  }

  /** Those that are one now are one here. */
  rename(aliases: Readonly<Record<string, string>>): void {
    const now = (keys: ReadonlySet<string>): Set<string> => new Set([...keys].map((key) => aliases[key] ?? key));
    this.chosen = now(this.chosen);
    this.lit = this.lit && now(this.lit);
    this.path = { ...this.path, items: now(this.path.items) };
  }

  private select(chosen: ReadonlySet<string>, link: string): void {
    this.chosen = chosen;
    this.link = link;
    this.heard.chosen();
  }

  private selectArea(key: string): void {
    this.area = key;
    this.heard.area();
  }
}
