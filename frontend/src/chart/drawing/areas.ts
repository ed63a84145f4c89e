/** The boxes, circles and texts that an analyst drew: how they are seen, and where they are taken hold of. */
import type { Area } from "../model.ts";
import type { Spot } from "./ground.ts";
import type { Ink } from "./looks.ts";
import type { Box } from "./boxes.ts";

/** How to get from the chart to the screen: one unit is so many pixels. */
export interface View {
  at(spot: Spot): Spot;
  scale: number;
}

/** Where an area is taken hold of: as a whole, or by a corner, right and down being positive. */
export type Hold = "all" | readonly [across: -1 | 1, down: -1 | 1];

const CORNERS = [[-1, -1], [1, -1], [1, 1], [-1, 1]] as const;
const NEAR_PX = 7;
/** How high the name stands above its area. */
const NAME_PX = 20;
const HANDLE_PX = 8;
const TEXT_PX = 13;
const FACE = "InterVariable, system-ui, sans-serif";
const NAME = `650 12.5px ${FACE}`;

export class AreaPainter {
  constructor(
    private readonly pen: CanvasRenderingContext2D,
    private readonly inks: () => Record<Ink, string>,
  ) {}

  draw(areas: readonly Area[], chosen: string, view: View): void {
    for (const area of areas) this.area(area, area.key === chosen, view);
  }

  /** Where the names of areas stand: no other is written over them. */
  named(areas: readonly Area[], view: View): Box[] {
    this.pen.font = NAME;
    return areas.map((area): Box => {
      const [left, top, wide, high] = box(area, view);
      if (area.form === "text") return [left, top, left + wide, top + high];
      const name = this.pen.measureText(area.text.split("\n")[0] ?? "").width;
      const begin = area.form === "circle" ? left + (wide - name) / 2 : left + 2;
      return [begin, top - NAME_PX, begin + name, top - 2];
    });
  }

  private area(area: Area, chosen: boolean, view: View): void {
    const { pen } = this;
    const inks = this.inks();
    const colour = inks[area.ink as Ink];
    const [left, top, wide, high] = box(area, view);
    pen.save();
    pen.beginPath();
    if (area.form === "circle") pen.ellipse(left + wide / 2, top + high / 2, wide / 2, high / 2, 0, 0, 2 * Math.PI);
    else pen.roundRect(left, top, wide, high, Math.min(8, wide / 4, high / 4));
    pen.fillStyle = area.form === "text" ? inks["surface"] : colour;
    pen.globalAlpha = area.form === "text" ? 0.9 : 0.09;
    pen.fill();
    pen.globalAlpha = 1;
    pen.lineWidth = chosen ? 2 : 1.4;
    pen.strokeStyle = chosen ? inks["accent"] : colour;
    pen.stroke();
    if (area.form === "text") {
      pen.clip();
      this.text(area, left, top, wide, view.scale);
    } else this.name(area, left, top, wide, colour);
    pen.restore();
    if (chosen) this.handles(left, top, wide, high);
  }

  /** Above its edge, so that it is read whatever lies in the area. */
  private name({ form, text }: Area, left: number, top: number, wide: number, colour: string): void {
    this.pen.font = NAME;
    this.pen.fillStyle = colour;
    this.pen.textBaseline = "bottom";
    this.pen.textAlign = form === "circle" ? "center" : "left";
    this.pen.fillText(text.split("\n")[0] ?? "", form === "circle" ? left + wide / 2 : left + 2, top - 4);
  }

  private text({ text, ink }: Area, left: number, top: number, wide: number, scale: number): void {
    const px = TEXT_PX * scale;
    this.pen.fillStyle = this.inks()[ink as Ink];
    this.pen.fillRect(left, top, 3, 4_000);
    if (px < 5) return;
    this.pen.font = `400 ${px}px ${FACE}`;
    this.pen.fillStyle = this.inks()["ink"];
    this.pen.textBaseline = "top";
    this.pen.textAlign = "left";
    wrapped(text, wide - 20 * scale, (row) => this.pen.measureText(row).width).forEach((row, at) => {
      this.pen.fillText(row, left + 11 * scale, top + (8 + at * 18) * scale);
    });
  }

  private handles(left: number, top: number, wide: number, high: number): void {
    this.pen.fillStyle = this.inks()["accent"];
    for (const [x, y] of CORNERS) {
      this.pen.fillRect(left + (wide * (x + 1)) / 2 - HANDLE_PX / 2, top + (high * (y + 1)) / 2 - HANDLE_PX / 2, HANDLE_PX, HANDLE_PX);
    }
  }
}

/** The uppermost area that a point of the screen takes hold of: the chosen by its corners, any by its edge or name, a text anywhere. */
export function held(areas: readonly Area[], chosen: string, { x, y }: Spot, view: View): { area: Area; hold: Hold } | null {
  for (const area of [...areas].reverse()) {
    const [left, top, wide, high] = box(area, view);
    if (area.key === chosen) {
      const hold = CORNERS.find(([across, down]) => Math.hypot(x - left - (wide * (across + 1)) / 2, y - top - (high * (down + 1)) / 2) < NEAR_PX + 3);
      if (hold) return { area, hold };
    }
    const inside = x > left - NEAR_PX && x < left + wide + NEAR_PX && y > top - (area.form === "text" ? NEAR_PX : NAME_PX) && y < top + high + NEAR_PX;
    if (inside && (area.form === "text" || isOnEdge(area, { x: x - left, y: y - top }, wide, high))) return { area, hold: "all" };
  }
  return null;
}

function isOnEdge({ form }: Area, { x, y }: Spot, wide: number, high: number): boolean {
  if (form === "circle") {
    const away = Math.hypot((2 * x) / wide - 1, (2 * y) / high - 1);
    return y < 0 || Math.abs(away - 1) * Math.min(wide, high) < 2 * NEAR_PX;
  }
  return x < NEAR_PX || y < NEAR_PX || wide - x < NEAR_PX || high - y < NEAR_PX;
}

/** What an area is after it was pulled so far on the chart. */
export function pulled(area: Area, hold: Hold, dx: number, dy: number): Area {
  if (hold === "all") return { ...area, x: area.x + dx, y: area.y + dy };
  const [across, down] = hold;
  const [w, h] = [Math.max(40, area.w + across * dx), Math.max(24, area.h - down * dy)];
  return { ...area, w, h, x: area.x + (across * (w - area.w)) / 2, y: area.y - (down * (h - area.h)) / 2 };
}

/** Whether a spot of the chart lies in an area: what does is moved with it. */
export function isWithin({ form, x, y, w, h }: Area, spot: Spot): boolean {
  const [across, up] = [(2 * (spot.x - x)) / w, (2 * (spot.y - y)) / h];
  return form === "circle" ? Math.hypot(across, up) <= 1 : Math.max(Math.abs(across), Math.abs(up)) <= 1;
}

/** How high a text is that was written into a width, on the chart. */
export function heightOf(text: string, w: number): number {
  return 16 + 18 * wrapped(text, w - 20, (row) => row.length * 7).length;
}

function box({ x, y, w, h }: Area, { at, scale }: View): [left: number, top: number, wide: number, high: number] {
  const centre = at({ x, y });
  return [centre.x - (w * scale) / 2, centre.y - (h * scale) / 2, w * scale, h * scale];
}

function wrapped(text: string, room: number, widthOf: (row: string) => number): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const rows: string[] = [""];
    for (const word of paragraph.split(" ")) {
      const longer = rows.at(-1) ? `${rows.at(-1) ?? ""} ${word}` : word;
      if (rows.at(-1) && widthOf(longer) > room) rows.push(word);
      else rows[rows.length - 1] = longer;
    }
    return rows;
  });
}
