/** Items that stand as their words: how these fall into rows, and how large a box, a circle or a card is about them. Pure. */
import type { ShownAs } from "../model.ts";

export type BlockAs = "box" | "circle" | "text";

/** A line of small letters beneath a name; the icon says what it is of. */
export interface Row {
  icon: string;
  text: string;
}

/** What is written in one, and its natural size, in pixels. */
export interface Block {
  as: BlockAs;
  rows: string[];
  small: Row[];
  /** Half of its width, and how high it is to that. */
  size: number;
  aspect: number;
}

/** How long a row of a name is, in signs, and how many there are. */
const NAMES: Record<BlockAs, { longest: number; most: number }> = {
  box: { longest: 20, most: 4 },
  circle: { longest: 14, most: 5 },
  text: { longest: 28, most: 3 },
};
export const ROW_PX = { name: 15, small: 14 };
export const PAD_PX = 12;
export const ICON_PX = 15;
const PAD_ABOVE_PX = 9;
const LEAST = { box: 34, circle: 26, text: 60 };
/** A card is drawn no higher than this to its width. */
const HIGHEST = 1.2;
const LONGEST_SMALL = 34;
const SMALL_TO_NAME = 0.86;
const SWELLS = { least: 0.85, most: 1.6 };
const NARROW = /[\s.,:;'’!|()\-ijltfrIгт1]/u;
const BROAD = /[mwMWЖШЩЮФЫМжшщюфым@—]|[^\p{Script=Latin}\p{Script=Cyrillic}\p{N}\p{P}\s]/u;
const CAPITAL = /\p{Lu}/u;

export function isBlock(as: ShownAs): as is BlockAs {
  return as === "box" || as === "circle" || as === "text";
}

/** The block about a name, and in a card about what is said. */
export function blockOf(as: BlockAs, name: string, said: readonly Row[]): Block {
  const rows = wrapped(name, NAMES[as].longest, NAMES[as].most);
  const small = as === "text" ? said.map(({ icon, text }) => ({ icon, text: cut(text, LONGEST_SMALL) })) : [];
  const high = (rows.length * ROW_PX.name + small.length * ROW_PX.small) / 2;
  if (as === "circle") {
    const corners = rows.map((row, at) => Math.hypot(wide(row) / 2, Math.abs(at - (rows.length - 1) / 2) * ROW_PX.name + ROW_PX.name / 2));
    return { as, rows, small, size: Math.max(LEAST.circle, ...corners.map((corner) => corner + 5)), aspect: 1 };
  }
  const widest = Math.max(...rows.map(wide), ...small.map(({ icon, text }) => SMALL_TO_NAME * wide(text) + (icon ? ICON_PX : 0)), 0);
  const size = Math.max(LEAST[as], widest / 2 + PAD_PX, (high + PAD_ABOVE_PX) / HIGHEST);
  return { as, rows, small, size, aspect: (high + PAD_ABOVE_PX) / size };
}

/** By how much one is larger than its words ask, for a sign of this size where others have the usual one. */
export function swollen(size: number, usual: number): number {
  return Math.min(SWELLS.most, Math.max(SWELLS.least, size / usual));
}

/** In rows, broken between words where these are no longer than a row; what is too much is cut. */
function wrapped(text: string, longest: number, most: number): string[] {
  const rows: string[] = [];
  let rest = text.trim();
  while (rest && rows.length < most) {
    if (rest.length <= longest) return [...rows, rest];
    if (rows.length === most - 1) return [...rows, cut(rest, longest)];
    const space = rest.lastIndexOf(" ", longest);
    const row = rest.slice(0, space > 0 ? space : longest);
    rows.push(row);
    rest = rest.slice(row.length).trim();
  }
  return rows;
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
}

const widths = new Map<string, number>();

/** About how wide a row of a name is; whoever writes it knows, and lets none out of its edge. */
function wide(row: string): number {
  let sum = 0;
  for (const sign of row) sum += widths.get(sign) ?? learnt(sign);
  return sum;
}

function learnt(sign: string): number {
  const width = NARROW.test(sign) ? 4.6 : BROAD.test(sign) ? 11 : CAPITAL.test(sign) ? 9 : 7.4;
  widths.set(sign, width);
  return width;
}
