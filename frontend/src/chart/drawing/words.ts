/** Writes names at items and along links, the weightiest first, none over another. */
import type { IconAtlas } from "./icon-atlas.ts";
import { FRAME, type Ink, type NodeLook, type Row } from "./looks.ts";

export interface Word {
  x: number;
  y: number;
  /** Half of the item's width, in pixels; the name stands beneath it. */
  radius: number;
  /** Half of its height. */
  high: number;
  label: string;
  under: readonly Row[];
  /** Of a frame, what stands in it is written in this colour; above and beneath it stand when and where. */
  framed: { ink: Ink; when: string; where: string } | null;
  badge: string;
  weight: number;
  /** Whether the name stands rather at its left. */
  beside: boolean;
  strong: boolean;
  faint: boolean;
}

export interface Along {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  label: string;
  ink: Ink;
  weight: number;
}

export type Box = readonly [left: number, top: number, right: number, bottom: number];

const FACE = "InterVariable, system-ui, sans-serif";
const NAME = `600 12px ${FACE}`;
const UNDER = `400 11px ${FACE}`;
const LINK = `500 11px ${FACE}`;
const COUNT = `600 10px ${FACE}`;
const LINE_PX = 15;
const LONGEST = 22;
const LONGEST_ROW = 28;
const ICON_PX = 12;
const ICON_ROOM = 15;
/** In letters smaller than this a frame is only a sign. */
const LEAST_PX = 5;
const CELL = 64;

/** A name in at most two lines; what is longer is read in the panel. */
export function lines(name: string): string[] {
  if (name.length <= LONGEST) return name ? [name] : [];
  const cut = name.lastIndexOf(" ", LONGEST);
  const first = cut > 5 ? name.slice(0, cut) : name.slice(0, LONGEST);
  const rest = name.slice(first.length).trim();
  return [first, rest.length > LONGEST ? `${rest.slice(0, LONGEST - 1).trimEnd()}…` : rest];
}

function shortened(text: string): string {
  return text.length > LONGEST_ROW ? `${text.slice(0, LONGEST_ROW - 1).trimEnd()}…` : text;
}

export class Writer {
  private readonly widths = new Map<string, number>();
  private taken = new Map<number, Box[]>();

  constructor(
    private readonly pen: CanvasRenderingContext2D,
    private readonly inks: () => Record<Ink, string>,
    private readonly atlas: IconAtlas,
  ) {}

  /** Begin anew; items themselves are never written over, nor what else stands there. */
  begin(items: readonly Word[], others: readonly Box[] = []): void {
    this.taken = new Map();
    for (const box of others) this.take(box);
    for (const { x, y, radius, high } of items) this.take([x - radius, y - high, x + radius, y + high]);
  }

  /** Write names, the weightiest first as they come, where there is room; return how many. */
  names(words: readonly Word[], width: number, height: number): number {
    let written = 0;
    for (const word of words) {
      if (word.x < -60 || word.y < -40 || word.x > width + 60 || word.y > height + 40) continue;
      if (word.badge) this.badge(word);
      if (word.framed ? this.frame(word, word.framed) : this.name(word)) written++;
    }
    return written;
  }

  along(links: readonly Along[]): void {
    for (const link of [...links].sort((one, other) => other.weight - one.weight)) this.link(link);
  }

  private name(word: Word): boolean {
    const rows = lines(word.label);
    if (!rows.length) return true;
    const wide = this.wide(rows, word.under);
    const high = (rows.length + word.under.length) * LINE_PX;
    const below = word.y + word.high + 4;
    const places: [number, number][] = [
      [word.x - wide / 2, below],
      [word.x - wide / 2, word.y - word.high - 4 - high],
      [word.x + word.radius + 6, word.y - high / 2],
      [word.x - word.radius - 6 - wide, word.y - high / 2],
    ];
    if (word.beside) places.unshift(places.pop() as [number, number]);
    const free = places.find(([x, y]) => this.isFree([x - 1, y, x + wide + 1, y + high - 1]));
    const place = free ?? (word.strong ? places[0] : undefined);
    if (!place) return false;
    const [left, top] = place;
    this.take([left - 1, top, left + wide + 1, top + high - 1]);
    const inks = this.inks();
    this.pen.textAlign = "center";
    this.pen.textBaseline = "middle";
    rows.forEach((row, at) => {
      this.write(row, left + wide / 2, top + LINE_PX * (at + 0.5), NAME, inks[word.faint ? "ink-3" : "ink"]);
    });
    word.under.forEach((row, at) => this.row(row, left + wide / 2, top + LINE_PX * (rows.length + at + 0.5)));
    return true;
  }

  /** A name stands in its frame, when above and where beneath; all of it grows and shrinks as the frame does. */
  private frame(word: Word, { ink, when, where }: NonNullable<Word["framed"]>): boolean {
    const scale = word.radius / FRAME.size;
    const inks = this.inks();
    if (12 * scale < LEAST_PX) return this.name(word);
    const begin = word.x - word.radius + 2 * word.high;
    const rows = lines(word.label);
    this.pen.textAlign = "left";
    this.pen.textBaseline = "middle";
    this.pen.font = `600 ${12 * scale}px ${FACE}`;
    this.pen.fillStyle = inks[ink];
    rows.forEach((row, at) => this.pen.fillText(row, begin, word.y + (at - (rows.length - 1) / 2) * 15 * scale, 2 * (word.radius - word.high) - 6 * scale));
    this.pen.textAlign = "center";
    const small = `500 ${11.5 * scale}px ${FACE}`;
    const beside = 10 * scale;
    const along = (text: string, y: number): void => {
      if (!text) return;
      this.take([word.x - word.radius, y - beside, word.x + word.radius, y + beside]);
      this.write(text, word.x, y, small, inks[word.faint ? "ink-3" : "ink-2"]);
    };
    along(when, word.y - word.high - beside);
    along(where, word.y + word.high + beside);
    const top = word.y + word.high + (where ? 2 * beside : 4);
    word.under.forEach((row, at) => this.row(row, word.x, top + LINE_PX * (at + 0.5)));
    return true;
  }

  /** A line of small letters about a middle, with the icon of what it is of before it. */
  private row({ icon, text }: Row, x: number, y: number): void {
    const said = shortened(text);
    const colour = this.inks()["ink-3"];
    const shift = icon ? ICON_ROOM / 2 : 0;
    this.pen.textAlign = "center";
    this.write(said, x + shift, y, UNDER, colour);
    if (icon) this.atlas.paint(this.pen, icon, colour, { x: x - this.width(said, UNDER) / 2 - ICON_ROOM / 2 + 1, y, px: ICON_PX });
  }

  private wide(rows: readonly string[], under: readonly Row[]): number {
    return Math.max(...rows.map((row) => this.width(row, NAME)), ...under.map(({ icon, text }) => this.width(shortened(text), UNDER) + (icon ? ICON_ROOM : 0)));
  }

  private badge({ x, y, radius, high, badge, framed }: Word): void {
    const inks = this.inks();
    const [bx, by] = framed ? [x + radius, y - high] : [x + radius * 0.78, y - high * 0.78];
    this.pen.beginPath();
    this.pen.arc(bx, by, 8, 0, 2 * Math.PI);
    this.pen.fillStyle = inks["amber-fill"];
    this.pen.fill();
    this.pen.font = `700 10px ${FACE}`;
    this.pen.textAlign = "center";
    this.pen.textBaseline = "middle";
    this.pen.fillStyle = "#1a1200";
    this.pen.fillText(badge, bx, by + 0.5);
    this.take([bx - 8, by - 8, bx + 8, by + 8]);
  }

  /** How many stand where one is drawn. */
  number(of: number, { x, y }: { x: number; y: number }, colour: string): void {
    this.pen.font = COUNT;
    this.pen.textAlign = "center";
    this.pen.textBaseline = "middle";
    this.pen.fillStyle = colour;
    this.pen.fillText(String(of), x, y + 0.5);
  }

  private link({ x1, y1, x2, y2, label, ink }: Along): void {
    const wide = this.width(label, LINK);
    const room = Math.hypot(x2 - x1, y2 - y1);
    if (room < wide + 18) return;
    let angle = Math.atan2(y2 - y1, x2 - x1);
    if (Math.abs(angle) > Math.PI / 2) angle += angle > 0 ? -Math.PI : Math.PI;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    for (const share of [0.5, 0.4, 0.6, 0.3, 0.7]) {
      if (Math.min(share, 1 - share) * room < wide / 2 + 6) continue;
      const [x, y] = [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share];
      const boxes: Box[] = [];
      for (let along = -wide / 2 + 6; along <= wide / 2 - 6; along += 10) {
        boxes.push([x + cos * along - 6, y + sin * along - 6, x + cos * along + 6, y + sin * along + 6]);
      }
      if (!boxes.every((box) => this.isFree(box))) continue;
      boxes.forEach((box) => this.take(box));
      this.pen.save();
      this.pen.translate(x, y);
      this.pen.rotate(angle);
      this.pen.textAlign = "center";
      this.pen.textBaseline = "middle";
      this.write(label, 0, 0, LINK, this.inks()[ink]);
      this.pen.restore();
      return;
    }
  }

  /** With the ground's colour around it, so that lines beneath do not cut it. */
  write(text: string, x: number, y: number, font: string, colour: string): void {
    this.pen.font = font;
    this.pen.lineJoin = "round";
    this.pen.lineWidth = 4;
    this.pen.strokeStyle = this.inks()["surface"];
    this.pen.strokeText(text, x, y);
    this.pen.fillStyle = colour;
    this.pen.fillText(text, x, y);
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
  room({ as, size, label, under, when, where }: Pick<NodeLook, "as" | "size" | "label" | "under" | "when" | "where">): [number, number] {
    if (as === "frame") {
      const outside = 20 * (Number(when !== "") + Number(where !== "")) + LINE_PX * under.length;
      return [size + 8, size * FRAME.aspect + outside / 2 + 8];
    }
    const rows = lines(label);
    return [Math.max(2 * size, this.wide(rows, under)) / 2 + 8, size + (rows.length + under.length) * (LINE_PX / 2) + 8];
  }

  private isFree(box: Box): boolean {
    for (const cell of cells(box)) {
      for (const other of this.taken.get(cell) ?? []) {
        if (box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]) return false;
      }
    }
    return true;
  }

  private take(box: Box): void {
    for (const cell of cells(box)) {
      const there = this.taken.get(cell);
      if (there) there.push(box);
      else this.taken.set(cell, [box]);
    }
  }
}

function* cells(box: Box): Generator<number> {
  for (let x = Math.floor(box[0] / CELL); x <= Math.floor(box[2] / CELL); x++) {
    for (let y = Math.floor(box[1] / CELL); y <= Math.floor(box[3] / CELL); y++) yield x * 100_003 + y;
  }
}
