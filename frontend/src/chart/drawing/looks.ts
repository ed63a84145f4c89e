/** What items and links look like on the chart, ready to be drawn. */
import type { Certainty, Shape } from "../model.ts";

export interface NodeLook {
  key: string;
  x: number;
  y: number;
  size: number;
  shape: Shape;
  icon: string;
  /** Names of colours of the page, not colours: the theme may change. */
  fill: Ink;
  line: Ink;
  ink: Ink;
  border: number;
  label: string;
  under: string;
  badge: string;
  /** Names are drawn in this order where there is no room for all. */
  weight: number;
  pinned: boolean;
  faint: boolean;
}

export interface EdgeLook {
  key: string;
  begin: string;
  end: string;
  label: string;
  size: number;
  ink: Ink;
  certainty: Certainty;
  aside: number;
  heads: number;
  faint: boolean;
}

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
  /** Whether items without a moment have a line along time. */
  themes: boolean;
  /** The words under the axis of time, each at its place. */
  moments: { x: number; words: string }[];
}

export const INKS = [
  "surface", "surface-2", "surface-3", "line", "line-2", "line-strong", "ink", "ink-2", "ink-3",
  "accent", "accent-ink", "accent-soft", "amber", "amber-fill", "amber-soft", "teal", "canvas",
  "chart-1", "chart-2", "chart-3", "chart-4", "chart-5", "chart-6", "chart-7", "chart-8",
  "chart-low", "chart-mid", "chart-high", "red", "green",
] as const;
export type Ink = (typeof INKS)[number];
