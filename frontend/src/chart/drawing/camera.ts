/** From where the analyst looks, and how closely: between the chart's units and the pixels of the screen. */
import type Sigma from "sigma";

import type { View } from "./areas.ts";
import type { Sight } from "./detail.ts";
import type { Bounds } from "./fitting.ts";
import type { Spot } from "./ground.ts";

/** The chart's square of coordinates; one unit is one pixel at its natural scale. */
const HALF = 500;
export const BOX = { x: [-HALF, HALF] as [number, number], y: [-HALF, HALF] as [number, number] };
/** What stands over the top of the chart: where records are put on it. */
export const HEAD_PX = 36;
const EDGE_PX = 12;
const CLOSEST = 1.35;
/** Nearer to an edge than this, an item is not in sight. */
const IN_SIGHT_PX = 40;

export class Camera {
  constructor(private readonly sigma: Sigma) {}

  /** Where the analyst looks, and how closely: pixels for a unit. */
  view(): Spot & { scale: number } {
    const { x, y, ratio } = this.sigma.getCamera().getState();
    return { x: (x - 0.5) * 2 * HALF, y: (y - 0.5) * 2 * HALF, scale: this.natural() / ratio };
  }

  look({ x, y }: Spot, scale: number, at_once = false): void {
    const state = { x: 0.5 + x / (2 * HALF), y: 0.5 + y / (2 * HALF), ratio: this.natural() / scale, angle: 0 };
    const camera = this.sigma.getCamera();
    if (at_once || matchMedia("(prefers-reduced-motion: reduce)").matches) camera.setState(state);
    else void camera.animate(state, { duration: 160 });
  }

  zoom(by: number): void {
    const { x, y, scale } = this.view();
    this.look({ x, y }, scale * by);
  }

  /** Show a part as large as it fits. */
  fit({ left, right, low, top }: Bounds, at_once: boolean): void {
    const scale = this.scaleFor({ left, right, low, top });
    this.look({ x: (left + right) / 2, y: (low + top + HEAD_PX / scale) / 2 }, scale, at_once);
  }

  /** How closely one looks where a part is seen as large as it fits. */
  scaleFor({ left, right, low, top }: Bounds): number {
    const { width, height } = this.size;
    return Math.min((width - 2 * EDGE_PX) / (right - left), (height - 2 * EDGE_PX - HEAD_PX) / (top - low), CLOSEST);
  }

  /** Bring a spot into sight where it is not. */
  reveal(spot: Spot): void {
    const { x, y } = this.at(spot);
    const { width, height } = this.size;
    const isSeen = x > IN_SIGHT_PX && y > IN_SIGHT_PX && x < width - IN_SIGHT_PX && y < height - IN_SIGHT_PX;
    if (!isSeen) this.look(spot, this.view().scale);
  }

  /** What is in sight, and as much more at each side, in its widths. */
  around(beyond: number): Sight {
    const { x, y, scale } = this.view();
    const { width, height } = this.size;
    const [wide, high] = [(width / scale) * (0.5 + beyond), (height / scale) * (0.5 + beyond)];
    return { left: x - wide, right: x + wide, low: y - high, top: y + high, scale };
  }

  /** Where a spot of the chart is on the screen. */
  at(spot: Spot): Spot {
    return this.sigma.graphToViewport(spot);
  }

  seen(): View {
    return { at: (spot) => this.at(spot), scale: this.view().scale };
  }

  get size(): { width: number; height: number } {
    return this.sigma.getDimensions();
  }

  /** How many pixels a size of the chart is. */
  sized(size: number): number {
    return this.sigma.scaleSize(size);
  }

  /** A size of the chart that is so many pixels from here. */
  sizeOf(px: number): number {
    return px * this.shrunk(this.natural() / this.view().scale);
  }

  /** Items shrink more slowly than the chart, so that they are seen from afar. */
  shrunk(ratio: number): number {
    const away = ratio / Math.max(this.natural(), 1e-6);
    return away < 1 ? Math.sqrt(away) : away ** 0.72;
  }

  private natural(): number {
    const { width, height } = this.size;
    return Math.min(width, height) / (2 * HALF);
  }
}
