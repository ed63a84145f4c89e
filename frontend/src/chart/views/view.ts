/** One of the ways in which a chart is seen: each shows the same set, with the one selection and filter of all. */
import type { Looks } from "../drawing/looks.ts";

export interface View {
  /** Draw what is shown, as it looks on the chart. */
  draw(looks: Looks): Promise<void>;
  /** Mark what is selected. */
  choose(chosen: ReadonlySet<string>): void;
  /** Let go of all that it holds. */
  remove(): void;
}
