/** What lies beneath the chart: the areas of groups, and along time a line for each theme. */
import type { Group, Ink, Looks } from "./looks.ts";

export interface Spot {
  x: number;
  y: number;
}

const REACH_PX = 46;

export class Ground {
  constructor(
    private readonly pen: CanvasRenderingContext2D,
    private readonly inks: () => Record<Ink, string>,
  ) {}

  draw(looks: Looks, at: (key: string) => Spot | undefined, scale: number, width: number): void {
    if (looks.themes) this.themes(looks, at, width);
    for (const group of looks.groups) this.area(group, at, scale);
  }

  private area({ members }: Group, at: (key: string) => Spot | undefined, scale: number): void {
    const outline = hull(members.map(at).filter((spot) => spot !== undefined));
    const [first, ...rest] = outline;
    if (!first) return;
    this.pen.beginPath();
    this.pen.moveTo(first.x, first.y);
    for (const { x, y } of rest) this.pen.lineTo(x, y);
    this.pen.closePath();
    this.pen.lineJoin = this.pen.lineCap = "round";
    this.pen.lineWidth = 2 * REACH_PX * Math.min(1.2, Math.max(0.35, scale));
    this.pen.fillStyle = this.pen.strokeStyle = this.inks()["teal"];
    this.pen.stroke();
    this.pen.fill();
  }

  private themes({ nodes }: Looks, at: (key: string) => Spot | undefined, width: number): void {
    this.pen.lineWidth = 1;
    this.pen.strokeStyle = this.inks()["line-strong"];
    for (const { key, shape, icon } of nodes) {
      const spot = shape === "diamond" || !icon ? undefined : at(key);
      if (!spot) continue;
      this.pen.beginPath();
      this.pen.moveTo(spot.x, Math.round(spot.y) + 0.5);
      this.pen.lineTo(width, Math.round(spot.y) + 0.5);
      this.pen.stroke();
    }
  }
}

/** The outline of spots, in order. Source: Andrew's monotone chain, 1979. */
export function hull(spots: readonly Spot[]): Spot[] {
  const sorted = [...spots].sort((one, other) => one.x - other.x || one.y - other.y);
  if (sorted.length < 3) return sorted;
  const half = (some: Spot[]): Spot[] => {
    const kept: Spot[] = [];
    for (const spot of some) {
      while (kept.length > 1 && turn(kept.at(-2) as Spot, kept.at(-1) as Spot, spot) <= 0) kept.pop();
      kept.push(spot);
    }
    return kept.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

function turn(one: Spot, two: Spot, three: Spot): number {
  return (two.x - one.x) * (three.y - one.y) - (two.y - one.y) * (three.x - one.x);
}
