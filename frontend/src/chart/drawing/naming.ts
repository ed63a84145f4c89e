/** What is written on the chart as it stands on the screen: names, numbers of dots, titles of groups and times, and along links. */
import type { AreaPainter } from "./areas.ts";
import type { Hand } from "./area-hand.ts";
import { type Camera, HEAD_PX } from "./camera.ts";
import { inkOf } from "./dressing.ts";
import type { Spot } from "./ground.ts";
import { type NodeLook, isOblong, reach } from "./looks.ts";
import type { Scene } from "./scene.ts";
import type { Along, Word, Writer } from "./words.ts";

/** With more than this on the screen, names may cover items, and nothing is written along links. */
export const CROWDED = 1_500;
/** With more items than this in sight only the weightiest are named, each on so much of the screen. */
const CROWD = 150;
const PX_FOR_A_NAME = 14_000;
/** How many of the weightiest are named even where that covers lesser items. */
const FOREMOST = 5;
/** How far apart the words of two times stand at the least. */
const TIMES_PX = 78;
/** Where the title of a group may stand instead of its place, the nearest first. */
const TITLE_ASIDE = [0, -17, 17, -34, 34, -51, 51, -68, 68];
const FIRST = 1e6;

export class Naming {
  constructor(
    private readonly scene: Scene,
    private readonly camera: Camera,
    private readonly writer: Writer,
    private readonly areas: AreaPainter,
    private readonly hand: Hand,
  ) {}

  /** Write all; `at` says where items stand on the screen. */
  write(at: ReadonlyMap<string, Spot>): void {
    const { scene, writer } = this;
    const { size } = this.camera;
    const words = scene.drawn.nodes.flatMap((look) => this.wordOf(look, at.get(look.key), size));
    writer.begin(words.length > CROWDED ? [] : words, this.areas.named(this.hand.areas, this.camera.seen()), size);
    this.titles(at);
    words.sort((one, other) => other.weight - one.weight);
    const most = words.length > CROWD ? Math.ceil((size.width * size.height) / PX_FOR_A_NAME) : words.length;
    const named = words.map((word, place) => (place < FOREMOST ? { ...word, strong: true } : word));
    writer.names(named.filter(({ block }, place) => block !== null || place < most));
    this.numbers(at);
    if (scene.drawn.edges.length <= CROWDED) writer.along(scene.drawn.edges.flatMap((look) => this.alongOf(look, at)));
  }

  private wordOf(look: NodeLook, spot: Spot | undefined, { width, height }: Camera["size"]): Word[] {
    if (!spot || spot.x < -200 || spot.y < -100 || spot.x > width + 200 || spot.y > height + 100) return [];
    const { chosen, hovered, raised } = this.scene;
    const isPointedAt = look.key === hovered;
    const strong = isPointedAt || chosen.has(look.key);
    const must = isPointedAt || (chosen.size === 1 && strong);
    const radius = this.camera.sized(look.size);
    return [
      {
        ...spot,
        radius,
        high: radius * look.aspect,
        isOblong: isOblong(look.as),
        block: look.block && { ...look.block, ink: inkOf(look, raised) },
        framed: look.as === "frame" ? { ink: inkOf(look, raised), when: look.when, where: look.where } : null,
        label: look.label,
        under: look.under,
        badge: look.badge,
        faint: look.faint,
        beside: look.along !== null,
        strong,
        must,
        weight: look.weight + (strong ? FIRST : 0),
      },
    ];
  }

  private alongOf(look: Scene["drawn"]["edges"][number], at: ReadonlyMap<string, Spot>): Along[] {
    const { scene } = this;
    const [begin, end] = [at.get(look.begin), at.get(look.end)];
    if (!look.label || !begin || !end || look.faint) return [];
    const far = Math.hypot(end.x - begin.x, end.y - begin.y) || 1;
    const [dx, dy] = [(end.x - begin.x) / far, (end.y - begin.y) / far];
    const [r1, r2] = [look.begin, look.end].map((key) => this.camera.sized(reach(scene.lookOf(key) as NodeLook, dx, dy))) as [number, number];
    const [ox, oy] = [dy * look.aside, -dx * look.aside];
    const chosen = look.key === scene.link || scene.chosen.has(look.begin) || scene.chosen.has(look.end);
    return [
      {
        x1: begin.x + dx * r1 + ox,
        y1: begin.y + dy * r1 + oy,
        x2: end.x - dx * r2 + ox,
        y2: end.y - dy * r2 + oy,
        label: look.label,
        ink: look.ink === "amber-fill" ? "amber" : chosen ? "accent" : "ink-2",
        weight: (chosen ? FIRST : 0) + look.size,
      },
    ];
  }

  /** How many stand in each dot. */
  private numbers(at: ReadonlyMap<string, Spot>): void {
    const { drawn, raised, inks } = this.scene;
    for (const [key, some] of drawn.within) {
      const spot = at.get(key);
      if (spot) this.writer.number(some.length, spot, inks[raised.has(key) ? "accent-ink" : "ink"]);
    }
  }

  private titles(at: ReadonlyMap<string, Spot>): void {
    const { groups, moments } = this.scene.looks;
    const { scale } = this.camera.view();
    for (const { name, members } of groups) {
      const spots = members.map((key) => at.get(key)).filter((spot) => spot !== undefined);
      const top = spots.reduce((best, spot) => (spot.y < best.y ? spot : best), spots[0] ?? { x: 0, y: 0 });
      if (spots.length) this.writer.title(name, top.x, Math.max(12, top.y - 30 - 24 * scale), "teal", TITLE_ASIDE);
    }
    let last = -Infinity;
    for (const { x, words } of moments) {
      const spot = this.camera.at({ x, y: 0 });
      if (spot.x - last < TIMES_PX) continue;
      last = spot.x;
      this.writer.title(words, spot.x, HEAD_PX + 18, "ink-3");
    }
  }
}
