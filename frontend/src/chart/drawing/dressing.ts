/** How items and links are drawn as they are marked now: sigma asks it of each. */
import { DASHES, type Line } from "./edge-program.ts";
import type { IconAtlas } from "./icon-atlas.ts";
import { type EdgeLook, type Ink, type NodeLook, isOblong } from "./looks.ts";
import { SHAPES, type Sign } from "./node-program.ts";
import type { Pictures } from "./pictures.ts";
import type { Scene } from "./scene.ts";

/** With more links than this, long ones are drawn lighter, so that what is near each other is seen. */
const MANY_LINKS = 3_000;
const FADES = [1, 0.6, 0.4, 0.25];
const LONG = 160;
const CLEAR = "rgba(0, 0, 0, 0)";

export class Dressing {
  constructor(
    private readonly scene: Scene,
    private readonly atlas: IconAtlas,
    private readonly pictures: Pictures,
  ) {}

  sign(key: string, look: NodeLook): Partial<Sign> {
    const { inks, raised, hovered } = this.scene;
    const chosen = raised.has(key);
    const isPicture = look.picture !== "" && this.pictures.has(look.picture);
    return {
      x: look.x,
      y: look.y,
      size: look.size,
      type: "sign",
      label: look.label,
      hidden: false,
      zIndex: 0,
      as: look.as,
      aspect: look.aspect,
      color: isPicture ? CLEAR : inks[chosen ? "accent" : look.fill],
      line: inks[chosen ? "accent" : look.faint ? "line-2" : look.line],
      ink: inks[inkOf(look, raised)],
      border: look.border + (key === hovered && !chosen ? 0.8 : 0),
      ring: chosen ? inks["accent"] : "",
      shape: isOblong(look.as) ? SHAPES.oblong + look.aspect : SHAPES[look.as === "circle" ? "circle" : look.shape],
      icon: isPicture || look.block ? -1 : this.atlas.place(look.icon),
    };
  }

  line(look: EdgeLook): Partial<Line> {
    const { inks, raised, link } = this.scene;
    const chosen = look.key === link;
    const beside = raised.has(look.begin) || raised.has(look.end);
    const isOnPath = look.ink === "amber-fill";
    const ink = inks[chosen ? "accent" : look.faint ? "line" : beside && !isOnPath ? "accent" : look.ink];
    return {
      type: "line",
      label: look.label,
      hidden: false,
      zIndex: 0,
      size: look.size + (chosen ? 1.6 : 0),
      color: chosen || beside || isOnPath ? ink : this.faded(ink, look),
      dash: DASHES[look.dash],
      aside: look.aside,
      heads: look.heads,
    };
  }

  /** In a crowd of links, the lighter the longer. */
  private faded(ink: string, { begin, end }: EdgeLook): string {
    const { scene } = this;
    const [one, other] = [scene.spotOf(begin), scene.spotOf(end)];
    if (scene.drawn.edges.length <= MANY_LINKS || !one || !other) return ink;
    const far = Math.hypot(one.x - other.x, one.y - other.y) / LONG;
    const fade = FADES[Math.min(FADES.length - 1, Math.floor(Math.log2(1 + far)))] ?? 1;
    return ink.replace("rgb(", "rgba(").replace(")", `, ${fade})`);
  }
}

/** In which colour the icon of an item is drawn, and what is written in it. */
export function inkOf({ key, faint, ink }: NodeLook, raised: ReadonlySet<string>): Ink {
  return raised.has(key) ? "accent-ink" : faint ? "ink-3" : ink;
}
