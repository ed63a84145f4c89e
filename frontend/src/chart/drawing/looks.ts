/** What items and links look like on the chart, ready to be drawn. */
import type { Area, Certainty, Rule, Shape, ShownAs } from "../model.ts";
import type { Block, Row } from "./blocks.ts";

export interface NodeLook {
  key: string;
  x: number;
  y: number;
  /** Half of its width. */
  size: number;
  shape: Shape;
  as: ShownAs;
  /** How high it is to its width. */
  aspect: number;
  /** What is written in it, where it stands as its words. */
  block: Block | null;
  icon: string;
  /** The key of the file that is its picture; empty without one. */
  picture: string;
  /** Names of colours of the page, not colours: the theme may change. */
  fill: Ink;
  line: Ink;
  ink: Ink;
  border: number;
  label: string;
  under: Row[];
  /** Above and beneath a frame: when and where. */
  when: string;
  where: string;
  badge: string;
  /** Names are drawn in this order where there is no room for all. */
  weight: number;
  pinned: boolean;
  faint: boolean;
  /** Along a theme line: from where to where it runs; to the edge where that is endless. */
  along: readonly [from: number, to: number] | null;
}

export interface EdgeLook {
  key: string;
  begin: string;
  end: string;
  label: string;
  size: number;
  ink: Ink;
  certainty: Certainty;
  dash: Dash;
  aside: number;
  heads: number;
  faint: boolean;
}

/** How a line is broken: by how sure it is, or as a rule has it. */
type Dash = Certainty | "dashdot";

export interface Group {
  name: string;
  members: string[];
}

export interface Looks {
  nodes: NodeLook[];
  edges: EdgeLook[];
  /** How many lines there are, those too that in time are seen by standing on a line. */
  lines: number;
  groups: Group[];
  areas: readonly Area[];
  /** The rules that something here is drawn by. */
  used: ReadonlySet<Rule>;
  /** Whether items without a moment have a line along time. */
  themes: boolean;
  /** The words under the axis of time, each at its place. */
  moments: { x: number; words: string }[];
}

/** A frame, by half: as wide as its name in two lines, and how high to that. */
export const FRAME = { size: 92, aspect: 0.25 };
/** A photograph is seen from this size on. */
export const PICTURE_SIZE = 28;

/** Whether it is a rectangle, wider than a sign. */
export function isOblong(as: ShownAs): boolean {
  return as === "frame" || as === "box" || as === "text";
}

/** Whether it is as large as what is written in it. */
export function holdsWords(as: ShownAs): boolean {
  return as === "circle" || isOblong(as);
}

/** How far an item reaches from its centre in a direction. */
export function reach({ as, size, aspect }: Pick<NodeLook, "as" | "size" | "aspect">, dx: number, dy: number): number {
  if (!isOblong(as)) return size;
  const far = Math.hypot(dx, dy) || 1;
  return Math.min((size * far) / Math.max(Math.abs(dx), 1e-6), (size * aspect * far) / Math.max(Math.abs(dy), 1e-6));
}

export const INKS = [
  "surface", "surface-2", "surface-3", "line", "line-2", "line-strong", "ink", "ink-2", "ink-3",
  "accent", "accent-ink", "accent-soft", "amber", "amber-fill", "amber-soft", "teal", "canvas",
  "chart-1", "chart-2", "chart-3", "chart-4", "chart-5", "chart-6", "chart-7", "chart-8",
  "chart-low", "chart-mid", "chart-high", "red", "green",
] as const;
export type Ink = (typeof INKS)[number];
