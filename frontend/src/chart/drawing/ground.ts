/** What lies beneath the chart: the areas of groups, and a line for each theme. */
import type { Group, Ink, Looks, NodeLook } from "./looks.ts";

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

  draw({ groups }: Looks, at: (key: string) => Spot | undefined, scale: number): void {
    for (const group of groups) this.area(group, at, scale);
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
}

/** Draw the lines of those that have one; `at` says where a spot of the chart is on the screen. */
export function drawThemes(pen: CanvasRenderingContext2D, nodes: readonly NodeLook[], colour: string, at: (spot: Spot) => Spot): void {
  pen.lineWidth = 1;
  pen.strokeStyle = colour;
  for (const { along, y } of nodes) {
    if (!along) continue;
    const [from, to] = along.map((x) => at({ x: Math.min(x, 1e6), y })) as [Spot, Spot];
    pen.beginPath();
    pen.moveTo(from.x, Math.round(from.y) + 0.5);
    pen.lineTo(to.x, Math.round(to.y) + 0.5);
    pen.stroke();
  }
}

/** The outline of spots, in order. Source: Andrew's monotone chain, 1979. */
function hull(spots: readonly Spot[]): Spot[] {
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
