/**
 * Asks for the measures of the chart as it is shown; they hold for those items and links alone.
 *
 * What costs little is asked for at once, the rest of a large chart when something shows it.
 */
import type { Talking } from "./host.ts";
import type { Measure, Measured } from "./model.ts";
import type { Server } from "./server.ts";
import type { Sheet } from "./sheet.ts";
import type { Wording } from "./wording.ts";

type Name = keyof Measured["values"] | "community" | "component";

interface Answer {
  values: Partial<Record<keyof Measured["values"], number[]>>;
  community?: number[];
  component?: number[];
  estimated?: Partial<Record<Measure, { starts: number; of: number }>>;
  left_out?: Measure[];
}

interface Host extends Pick<Talking, "tried"> {
  readonly sheet: Sheet;
  readonly server: Server;
  readonly measured: Measured | null;
}

const CHEAP: readonly Name[] = ["degree", "core", "bridges", "community", "component"];
const COSTLY: readonly Name[] = ["betweenness", "closeness", "eigenvector"];
/** With no more items than this all is measured at once. */
const MOST_AT_ONCE = 3_000;
const SETTLE_MS = 120;

const signatures = new WeakMap<Measured, string>();

export class Measuring {
  private waiting = 0;
  /** What is being asked for. */
  private asked = "";
  private readonly wanted = new Set<string>();

  constructor(
    private readonly chart: Host,
    /** Called with all that is known now, and whether the drawing shows something of it. */
    private readonly found: (measured: Measured, isDrawn: boolean) => void,
  ) {}

  /** Something shows this measure from now on. */
  want(name: string): void {
    this.wanted.add(name);
    this.soon();
  }

  /** Measure what is not known of what is shown now. */
  soon(): void {
    const { sheet, server, measured } = this.chart;
    const wish = signature(sheet);
    const known = measured && signatures.get(measured) === wish ? measured : null;
    const missing = this.needed(sheet).filter((name) => !known?.known.has(name));
    const asked = `${wish} ${missing.join(" ")}`;
    if (asked === this.asked) return;
    window.clearTimeout(this.waiting);
    this.asked = missing.length ? asked : "";
    if (!missing.length) return;
    this.waiting = window.setTimeout(() => void this.chart.tried(() => this.ask(server, sheet, missing, wish), "looking"), SETTLE_MS);
  }

  private async ask(server: Server, sheet: Sheet, names: Name[], wish: string): Promise<void> {
    const shown = sheet.shown.map(({ key }) => key);
    const places = new Map(shown.map((key, place) => [key, place]));
    const links = sheet.shownLinks().flatMap(({ begin, end }) => [places.get(begin) as number, places.get(end) as number]);
    const mine = this.asked;
    try {
      const answer = await server.measures<Answer>({ count: shown.length, links, measures: names });
      if (signature(sheet) !== wish) return;
      const before = this.chart.measured;
      const found = measuredFrom(shown, answer, before && signatures.get(before) === wish ? before : undefined);
      signatures.set(found, wish);
      this.found(found, names.some((name) => drawnBy(sheet).has(name)));
    } finally {
      if (this.asked === mine) this.asked = "";
    }
  }

  private needed(sheet: Sheet): Name[] {
    const drawn = drawnBy(sheet);
    const costly = COSTLY.filter((name) => sheet.shown.length <= MOST_AT_ONCE || drawn.has(name) || this.wanted.has(name));
    return [...CHEAP, ...costly];
  }
}

/** The names of measures that sizes, colours and rules show, and others. */
function drawnBy({ settings }: Sheet): ReadonlySet<string> {
  return new Set([settings.sized, settings.coloured, ...settings.rules.map(({ about }) => about)]);
}

/** Measures by the keys of items, from those in their order, with what was known before. */
export function measuredFrom(keys: readonly string[], answer: Answer, before?: Measured): Measured {
  const byKey = (name: Name, some: number[] | undefined): Map<string, number> => {
    if (some) return new Map(some.map((value, place) => [keys[place] as string, value]));
    return (name === "community" || name === "component" ? before?.[name] : before?.values[name]) ?? new Map<string, number>();
  };
  const names = ["degree", "betweenness", "closeness", "eigenvector", "core", "bridges"] as const;
  const values = Object.fromEntries(names.map((name) => [name, byKey(name, answer.values[name])])) as Measured["values"];
  const [community, component] = [byKey("community", answer.community), byKey("component", answer.component)];
  const leftOut = [...(before?.leftOut ?? []), ...(answer.left_out ?? [])];
  const told = [...Object.keys(answer.values), ...leftOut, ...(answer.community ? ["community"] : []), ...(answer.component ? ["component"] : [])];
  return { values, community, component, known: new Set([...(before?.known ?? []), ...told]), estimated: { ...before?.estimated, ...answer.estimated }, leftOut };
}

/** What is to be said of measures that are not exact, or are not there. */
export function saidOf({ estimated, leftOut }: Measured, wording: Wording): string[] {
  const near = Object.entries(estimated).map(([name, { starts, of }]) => wording.fill("estimated", { measure: wording.say(name), n: starts, all: of }));
  return [...near, ...leftOut.map((name) => wording.fill("unmeasured", { measure: wording.say(name) }))];
}

/** What is shown, as a word that changes with its items and links. */
function signature(sheet: Sheet): string {
  let mixed = 0;
  const mix = (text: string): void => {
    for (let at = 0; at < text.length; at += 3) mixed = (Math.imul(mixed, 31) + text.charCodeAt(at)) | 0;
  };
  const [shown, links] = [sheet.shown, sheet.shownLinks()];
  shown.forEach(({ key }) => mix(key));
  links.forEach(({ key }) => mix(key));
  return `${shown.length} ${links.length} ${mixed}`;
}
