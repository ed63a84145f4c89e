/** How words are set on the chart: in which letters, how long, how wide, and so that no line beneath cuts them. */
import type { Row } from "./blocks.ts";
import type { IconAtlas } from "./icon-atlas.ts";
import { type Ink, type NodeLook, holdsWords } from "./looks.ts";

export const FACE = "InterVariable, system-ui, sans-serif";
export const NAME = `600 12px ${FACE}`;
export const LINE_PX = 15;
const UNDER = `400 11px ${FACE}`;
const LONGEST = 22;
const LONGEST_ROW = 28;
const ICON_PX = 12;
const ICON_ROOM = 15;

/** A name in at most two lines; what is longer is read in the panel. */
export function lines(name: string): string[] {
  if (name.length <= LONGEST) return name ? [name] : [];
  const cut = name.lastIndexOf(" ", LONGEST);
  const first = cut > 5 ? name.slice(0, cut) : name.slice(0, LONGEST);
  const rest = name.slice(first.length).trim();
  return [first, cutTo(rest, LONGEST)];
}

function cutTo(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
}

export class Lettering {
  private readonly widths = new Map<string, number>();

  constructor(
    readonly pen: CanvasRenderingContext2D,
    readonly inks: () => Record<Ink, string>,
    private readonly atlas: IconAtlas,
  ) {}

  /** About a middle, with the ground's colour around it. */
  write(text: string, x: number, y: number, font: string, colour: string): void {
    this.pen.font = font;
    this.pen.textAlign = "center";
    this.pen.textBaseline = "middle";
    this.pen.lineJoin = "round";
    this.pen.lineWidth = 4;
    this.pen.strokeStyle = this.inks()["surface"];
    this.pen.strokeText(text, x, y);
    this.pen.fillStyle = colour;
    this.pen.fillText(text, x, y);
  }

  /** Upon a sign, which has its own colour beneath. */
  upon(text: string, x: number, y: number, font: string, colour: string): void {
    this.pen.font = font;
    this.pen.textAlign = "center";
    this.pen.textBaseline = "middle";
    this.pen.fillStyle = colour;
    this.pen.fillText(text, x, y + 0.5);
  }

  /** A line of small letters about a middle, with the icon of what it is of before it. */
  row({ icon, text }: Row, x: number, y: number): void {
    const said = cutTo(text, LONGEST_ROW);
    const colour = this.inks()["ink-3"];
    this.write(said, x + (icon ? ICON_ROOM / 2 : 0), y, UNDER, colour);
    if (icon) this.atlas.paint(this.pen, icon, colour, { x: x - this.width(said, UNDER) / 2 - ICON_ROOM / 2 + 1, y, px: ICON_PX });
  }

  /** A row of a block, from its left or about its middle; narrower where it would leave the block. */
  inside({ icon, text }: Row, at: { x: number; y: number; room: number }, how: { font: string; colour: string; scale: number; align: CanvasTextAlign }): void {
    const beside = icon ? ICON_ROOM * how.scale : 0;
    if (icon) this.atlas.paint(this.pen, icon, how.colour, { x: at.x + (ICON_PX / 2) * how.scale, y: at.y, px: ICON_PX * how.scale });
    this.pen.font = how.font;
    this.pen.textAlign = how.align;
    this.pen.textBaseline = "middle";
    this.pen.fillStyle = how.colour;
    this.pen.fillText(text, at.x + beside, at.y, at.room - beside);
  }

  /** How wide a name is with what stands beneath it. */
  wide(rows: readonly string[], under: readonly Row[]): number {
    const small = under.map(({ icon, text }) => this.width(cutTo(text, LONGEST_ROW), UNDER) + (icon ? ICON_ROOM : 0));
    return Math.max(...rows.map((row) => this.width(row, NAME)), ...small);
  }

  width(text: string, font: string): number {
    const id = font + text;
    let known = this.widths.get(id);
    if (known === undefined) {
      this.pen.font = font;
      this.widths.set(id, (known = this.pen.measureText(text).width));
    }
    return known;
  }

  /** Half the width and height that an item needs with its name. */
  room({ as, size, aspect, label, under, when, where }: Pick<NodeLook, "as" | "size" | "aspect" | "label" | "under" | "when" | "where">): [number, number] {
    if (holdsWords(as)) {
      const outside = 20 * (Number(when !== "") + Number(where !== "")) + LINE_PX * under.length;
      return [size + 8, size * aspect + outside / 2 + 8];
    }
    const rows = lines(label);
    return [Math.max(2 * size, this.wide(rows, under)) / 2 + 8, size + (rows.length + under.length) * (LINE_PX / 2) + 8];
  }
}
