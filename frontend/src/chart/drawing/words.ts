/** Writes names at items, the weightiest first, none over another. */
import { type Block, PAD_PX, ROW_PX, type Row } from "./blocks.ts";
import { type Box, Boxes } from "./boxes.ts";
import { FACE, LINE_PX, type Lettering, NAME, lines } from "./lettering.ts";
import { FRAME, type Ink } from "./looks.ts";

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
  /** What stands in a block, and in which colour. */
  block: (Block & { ink: Ink }) | null;
  isOblong: boolean;
  badge: string;
  weight: number;
  /** Whether the name stands rather at its left. */
  beside: boolean;
  /** It may cover an item, though never a name. */
  strong: boolean;
  /** It is written whatever it covers. */
  must: boolean;
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

const LINK = `500 11px ${FACE}`;
const TITLE = `500 11px ${FACE}`;
const COUNT = `600 10px ${FACE}`;
const BADGE = `700 10px ${FACE}`;
const BADGE_PX = 8;
const BADGE_INK = "#1a1200";
/** In letters smaller than this a frame is only a sign. */
const LEAST_PX = 5;
/** In a block they are read, or stand beneath it. */
const LEAST_IN_BLOCK_PX = 7;
/** So far out of the screen a name may still reach into it. */
const OUTSIDE = { x: 60, y: 40 };
/** So far from the edge of the screen a name stands that was moved away from it. */
const EDGE_PX = 2;

export class Writer {
  /** What is not written over, and of that what is written. */
  private taken = new Boxes();
  private named = new Boxes();
  private size = { width: 0, height: 0 };

  constructor(private readonly letters: Lettering) {}

  /** Begin anew; items themselves are not written over, nor what else stands there. */
  begin(items: readonly Word[], others: readonly Box[], size: { width: number; height: number }): void {
    this.size = size;
    this.taken = new Boxes();
    this.named = new Boxes();
    for (const box of others) this.keep(box);
    for (const { x, y, radius, high } of items) this.taken.take([x - radius, y - high, x + radius, y + high]);
  }

  /** A title, about a middle; or so much lower or higher, in pixels, where it is over no other. */
  title(text: string, x: number, y: number, ink: Ink, aside: readonly number[] = [0]): void {
    const half = this.letters.width(text, TITLE) / 2;
    const box = this.named.firstFree(aside.map((by): Box => [x - half, y + by - 8, x + half, y + by + 8]));
    this.keep(box);
    this.letters.write(text, x, box[1] + 8, TITLE, this.letters.inks()[ink]);
  }

  /** Write names as they come, where there is room: what stands in frames and blocks first, for that has its place. */
  names(words: readonly Word[]): void {
    const { width, height } = this.size;
    const seen = words.filter(({ x, y }) => x >= -OUTSIDE.x && y >= -OUTSIDE.y && x <= width + OUTSIDE.x && y <= height + OUTSIDE.y);
    for (const word of seen) if (word.badge) this.badge(word);
    const rest = seen.filter((word) => !(word.framed && this.frame(word, word.framed)) && !(word.block && this.block(word, word.block)));
    for (const word of rest) if (word.must) this.name(word);
    for (const word of rest) if (!word.must) this.name(word);
  }

  along(links: readonly Along[]): void {
    for (const link of [...links].sort((one, other) => other.weight - one.weight)) this.link(link);
  }

  /** How many stand where one is drawn. */
  number(of: number, { x, y }: { x: number; y: number }, colour: string): void {
    this.letters.upon(String(of), x, y, COUNT, colour);
  }

  private name(word: Word): void {
    const { letters } = this;
    const rows = lines(word.label);
    if (!rows.length) return;
    const wide = letters.wide(rows, word.under);
    const high = (rows.length + word.under.length) * LINE_PX;
    const place = this.placeFor(word, wide, high);
    if (!place) return;
    const [left, top] = place;
    this.keep(boxAt(place, wide, high));
    const ink = letters.inks()[word.faint ? "ink-3" : "ink"];
    rows.forEach((row, at) => letters.write(row, left + wide / 2, top + LINE_PX * (at + 0.5), NAME, ink));
    word.under.forEach((row, at) => letters.row(row, left + wide / 2, top + LINE_PX * (rows.length + at + 0.5)));
  }

  /** Beneath, above, at the right or at the left, or moved in from the edge: where there is room first, on the screen rather than over its edge. */
  private placeFor({ x, y, radius, high, beside, strong, must }: Word, wide: number, tall: number): [left: number, top: number] | undefined {
    const places: [number, number][] = [
      [x - wide / 2, y + high + 4],
      [x - wide / 2, y - high - 4 - tall],
      [x + radius + 6, y - tall / 2],
      [x - radius - 6 - wide, y - tall / 2],
    ];
    if (beside) places.unshift(places.pop() as [number, number]);
    // Near an edge of the screen it moves along beneath or above, as far as it still stands at its item.
    const within = Math.min(Math.max(x - wide / 2, EDGE_PX), this.size.width - wide - EDGE_PX);
    if (Math.abs(within - (x - wide / 2)) <= wide / 2) places.push([within, y + high + 4], [within, y - high - 4 - tall]);
    const isSeen = ([left, top]: [number, number]): boolean => left >= 0 && top >= 0 && left + wide <= this.size.width && top + tall <= this.size.height;
    const free = (among: Boxes): [number, number] | undefined => {
      const some = places.filter((place) => among.isFree(boxAt(place, wide, tall)));
      return some.find(isSeen) ?? some[0];
    };
    return free(this.taken) ?? (strong || must ? free(this.named) : undefined) ?? (must ? places[0] : undefined);
  }

  /** A name stands in its frame, when above and where beneath; all of it grows and shrinks with the frame. Whether it can be read. */
  private frame(word: Word, { ink, when, where }: NonNullable<Word["framed"]>): boolean {
    const { pen } = this.letters;
    const inks = this.letters.inks();
    const scale = word.radius / FRAME.size;
    if (12 * scale < LEAST_PX) return false;
    const begin = word.x - word.radius + 2 * word.high;
    const rows = lines(word.label);
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    pen.font = `600 ${12 * scale}px ${FACE}`;
    pen.fillStyle = inks[ink];
    rows.forEach((row, at) => pen.fillText(row, begin, word.y + (at - (rows.length - 1) / 2) * 15 * scale, 2 * (word.radius - word.high) - 6 * scale));
    const beside = 10 * scale;
    const small = `500 ${11.5 * scale}px ${FACE}`;
    for (const [text, y] of [[when, word.y - word.high - beside], [where, word.y + word.high + beside]] as const) {
      if (!text) continue;
      this.keep([word.x - word.radius, y - beside, word.x + word.radius, y + beside]);
      this.letters.write(text, word.x, y, small, inks[word.faint ? "ink-3" : "ink-2"]);
    }
    this.below(word, word.y + word.high + (where ? 2 * beside : 4));
    return true;
  }

  /** A block's words stand in it, and grow and shrink with it. Whether they can be read. */
  private block(word: Word, { as, rows, small, size, ink }: NonNullable<Word["block"]>): boolean {
    const scale = word.radius / size;
    if (12 * scale < LEAST_IN_BLOCK_PX) return false;
    const isCard = as === "text";
    const [begin, room] = [word.x - word.radius + PAD_PX * scale, 2 * (word.radius - (isCard ? PAD_PX : 4) * scale)];
    const how = { colour: this.letters.inks()[ink], scale };
    const letters = { name: `600 ${12 * scale}px ${FACE}`, small: `400 ${11 * scale}px ${FACE}` };
    let y = word.y - ((rows.length * ROW_PX.name + small.length * ROW_PX.small) * scale) / 2;
    const write = (row: Row, kind: keyof typeof ROW_PX): void => {
      const at = { x: isCard ? begin : word.x, y: y + (ROW_PX[kind] * scale) / 2, room };
      this.letters.inside(row, at, { ...how, font: letters[kind], align: isCard ? "left" : "center" });
      y += ROW_PX[kind] * scale;
    };
    for (const text of rows) write({ icon: "", text }, "name");
    for (const row of small) write(row, "small");
    this.below(word, word.y + word.high + 4);
    return true;
  }

  /** What is said beneath what holds its name. */
  private below({ x, under }: Word, top: number): void {
    const half = this.letters.wide([], under) / 2;
    if (under.length) this.keep([x - half, top, x + half, top + under.length * LINE_PX]);
    under.forEach((row, at) => this.letters.row(row, x, top + LINE_PX * (at + 0.5)));
  }

  private badge({ x, y, radius, high, badge, isOblong }: Word): void {
    const { pen } = this.letters;
    const [bx, by] = isOblong ? [x + radius, y - high] : [x + radius * 0.78, y - high * 0.78];
    pen.beginPath();
    pen.arc(bx, by, BADGE_PX, 0, 2 * Math.PI);
    pen.fillStyle = this.letters.inks()["amber-fill"];
    pen.fill();
    this.letters.upon(badge, bx, by, BADGE, BADGE_INK);
    this.keep([bx - BADGE_PX, by - BADGE_PX, bx + BADGE_PX, by + BADGE_PX]);
  }

  private link({ x1, y1, x2, y2, label, ink }: Along): void {
    const { pen } = this.letters;
    const wide = this.letters.width(label, LINK);
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
      if (!boxes.every((box) => this.taken.isFree(box))) continue;
      for (const box of boxes) this.keep(box);
      pen.save();
      pen.translate(x, y);
      pen.rotate(angle);
      this.letters.write(label, 0, 0, LINK, this.letters.inks()[ink]);
      pen.restore();
      return;
    }
  }

  private keep(box: Box): void {
    this.taken.take(box);
    this.named.take(box);
  }
}

function boxAt([left, top]: readonly [number, number], wide: number, high: number): Box {
  return [left - 1, top, left + wide + 1, top + high - 1];
}
