/** One of the ways in which a chart is seen: each shows the same set, with the one selection and filter of all. */
import type { Looks } from "../drawing/looks.ts";

/** What of a view is seen: its middle, and how much of it, in measures of its own. */
export interface Spot {
  x: number;
  y: number;
  scale: number;
}

export interface View {
  /** Draw what is shown, as it looks on the chart. */
  draw(looks: Looks): Promise<void>;
  /** Mark what is selected. */
  choose(chosen: ReadonlySet<string>): void;
  /** What is seen of it now; null where nothing is drawn. */
  spot(): Spot | null;
  /** See that again. */
  look(spot: Spot): void;
  /** Let go of all that it holds. */
  remove(): void;
}
