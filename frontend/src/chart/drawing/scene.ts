/** What is drawn now, how it is marked, and what is in hand: all that the painters read. */
import type { Drawn } from "./detail.ts";
import type { Spot } from "./ground.ts";
import type { Ink, Looks, NodeLook } from "./looks.ts";

const NONE: Looks = { nodes: [], edges: [], lines: 0, groups: [], areas: [], used: new Set(), themes: false, moments: [] };

export class Scene {
  /** All that may be drawn; `drawn` is what is of it: the same but for a large chart. */
  looks = NONE;
  drawn: Drawn = { nodes: [], edges: [], within: new Map(), undrawn: 0 };
  chosen: ReadonlySet<string> = new Set();
  link = "";
  /** The item under the pointer. */
  hovered = "";
  /** The chosen items, and the dots in which such stand. */
  raised: ReadonlySet<string> = new Set();
  /** Where those that a hand moves stand until it lets go of them. */
  readonly inHand = new Map<string, Spot>();
  private byKey: ReadonlyMap<string, NodeLook> = new Map();
  private dots: ReadonlyMap<string, NodeLook> = new Map();

  constructor(public inks: Record<Ink, string>) {}

  /** Whether nothing was ever drawn. */
  get isBlank(): boolean {
    return this.looks === NONE;
  }

  show(looks: Looks): void {
    this.looks = looks;
    this.byKey = new Map(looks.nodes.map((one) => [one.key, one]));
  }

  put(drawn: Drawn): void {
    this.drawn = drawn;
    this.dots = new Map(drawn.within.size ? drawn.nodes.filter(({ key }) => drawn.within.has(key)).map((one) => [one.key, one]) : []);
    this.raise();
  }

  choose(keys: ReadonlySet<string>, link: string): void {
    this.chosen = keys;
    this.link = link;
    this.raise();
  }

  /** All items; none of the dots in which they stand. */
  get keys(): Iterable<string> {
    return this.byKey.keys();
  }

  /** How an item, or a dot, looks. */
  lookOf(key: string): NodeLook | undefined {
    return this.byKey.get(key) ?? this.dots.get(key);
  }

  /** Where it stands on the chart. */
  spotOf(key: string): Spot | undefined {
    return this.inHand.get(key) ?? this.lookOf(key);
  }

  private raise(): void {
    const dots = [...this.drawn.within].filter(([, some]) => some.some((key) => this.chosen.has(key)));
    this.raised = dots.length ? new Set([...this.chosen, ...dots.map(([key]) => key)]) : this.chosen;
  }
}
