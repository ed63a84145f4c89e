/** Draws the axis and the marks of the rows in sight; what is out of sight costs nothing. */
import { onThemeChange, resolved } from "../../colours.ts";
import type { Mark, Row } from "./activity.ts";
import type { TimeAxis } from "./time-axis.ts";

const INKS = ["ink", "ink-2", "ink-3", "line", "line-strong", "surface", "accent", "amber-fill", "sel-bg"] as const;
export const ROW_PX = 30;
export const AXIS_PX = 28;
const MARK_PX = 5;
/** Bars are at least this long, so that they are seen and hit. */
const BAR_PX = 4;

export interface Drawn {
  axis: TimeAxis;
  rows: readonly Row[];
  /** How far the rows are scrolled, in pixels. */
  top: number;
  chosen: ReadonlySet<string>;
  /** Links that were lifted out. */
  path: ReadonlySet<string>;
  /** These alone stand out; all where there is none. */
  lit: ReadonlySet<string> | null;
  period: readonly [from: number, to: number] | null;
  /** The mark under the keys or the pointer. */
  pointed: Mark | null;
  pointedRow: number;
  /** The row of something that is not on the chart on which the keys are; -1 on none. */
  stood: number;
}

export class TimelinePen {
  private inks: Record<(typeof INKS)[number], string>;

  constructor(
    private readonly head: HTMLCanvasElement,
    private readonly body: HTMLCanvasElement,
    changed: () => void,
    ended: AbortSignal,
  ) {
    this.inks = resolved(body.parentElement ?? body, INKS);
    onThemeChange(() => {
      this.inks = resolved(this.body.parentElement ?? this.body, INKS);
      changed();
    }, ended);
  }

  draw(drawn: Drawn): void {
    this.axis(drawn);
    this.rows(drawn);
  }

  private axis({ axis, period }: Drawn): void {
    const pen = sized(this.head);
    const { width, height } = this.head.getBoundingClientRect();
    pen.clearRect(0, 0, width, height);
    this.period(pen, axis, period, height);
    pen.font = "11px InterVariable, sans-serif";
    pen.textBaseline = "middle";
    pen.fillStyle = this.inks["ink-2"];
    pen.save();
    pen.beginPath();
    pen.rect(axis.left, 0, axis.width, height);
    pen.clip();
    for (const { at, words } of axis.ticks()) pen.fillText(words, axis.x(at) + 4, height / 2);
    pen.restore();
  }

  private rows(drawn: Drawn): void {
    const { axis, rows, top, chosen } = drawn;
    const pen = sized(this.body);
    const { width, height } = this.body.getBoundingClientRect();
    pen.clearRect(0, 0, width, height);
    const [first, last] = [Math.max(0, Math.floor(top / ROW_PX)), Math.min(rows.length, Math.ceil((top + height) / ROW_PX))];
    for (let place = first; place < last; place++) {
      if (place !== drawn.stood && !isChosen(rows[place], chosen)) continue;
      pen.fillStyle = this.inks["sel-bg"];
      pen.fillRect(0, place * ROW_PX - top, width, ROW_PX);
    }
    this.period(pen, axis, drawn.period, height);
    pen.save();
    pen.beginPath();
    pen.rect(axis.left, 0, axis.width, height);
    pen.clip();
    pen.strokeStyle = this.inks["line"];
    pen.lineWidth = 1;
    pen.beginPath();
    for (const { at } of axis.ticks()) {
      const x = Math.round(axis.x(at)) + 0.5;
      pen.moveTo(x, 0);
      pen.lineTo(x, height);
    }
    pen.stroke();
    for (let place = first; place < last; place++) this.row(pen, drawn, rows[place] as Row, place, place * ROW_PX - top + ROW_PX / 2);
    pen.restore();
  }

  private row(pen: CanvasRenderingContext2D, drawn: Drawn, row: Row, place: number, y: number): void {
    const { axis, chosen, path, lit } = drawn;
    pen.strokeStyle = this.inks[isChosen(row, chosen) ? "accent" : "line-strong"];
    pen.lineWidth = 1;
    pen.setLineDash(row.of === "item" ? [] : [2, 5]);
    pen.beginPath();
    pen.moveTo(axis.left, y);
    pen.lineTo(axis.left + axis.width, y);
    pen.stroke();
    pen.setLineDash([]);
    for (const mark of row.marks) {
      const [from, to] = [axis.x(mark.at), axis.x(mark.until ?? mark.at)];
      if (to < axis.left - MARK_PX || from > axis.left + axis.width + MARK_PX) continue;
      const faint = lit !== null && !(lit.has(row.key) && lit.has(mark.other));
      const ink = path.has(mark.link) ? "amber-fill" : chosen.has(mark.other) ? "accent" : faint ? "line-strong" : "ink-2";
      const filled = ink === "amber-fill" || ink === "accent";
      const pointed = drawn.pointed === mark && drawn.pointedRow === place;
      pen.strokeStyle = this.inks[pointed ? "accent" : ink];
      pen.fillStyle = this.inks[filled ? ink : "surface"];
      pen.lineWidth = pointed ? 3 : 1.6;
      pen.beginPath();
      if (mark.until === null) pen.arc(from, y, MARK_PX, 0, 2 * Math.PI);
      else pen.roundRect(from, y - MARK_PX, Math.max(BAR_PX, to - from), 2 * MARK_PX, 3);
      pen.fill();
      pen.stroke();
    }
  }

  private period(pen: CanvasRenderingContext2D, axis: TimeAxis, period: Drawn["period"], height: number): void {
    if (!period) return;
    const [from, to] = period.map((at) => Math.min(axis.left + axis.width, Math.max(axis.left, axis.x(at)))) as [number, number];
    pen.globalAlpha = 0.16;
    pen.fillStyle = this.inks["accent"];
    pen.fillRect(from, 0, to - from, height);
    pen.globalAlpha = 1;
    for (const x of [from, to]) pen.fillRect(x - 1, 0, 2, height);
  }
}

function isChosen(row: Row | undefined, chosen: ReadonlySet<string>): boolean {
  return row?.of === "item" && chosen.has(row.key);
}

/** The mark at a place on the screen; of several the nearest. */
export function markAt(row: Row | undefined, axis: TimeAxis, x: number): Mark | null {
  let best: { mark: Mark; far: number } | null = null;
  for (const mark of row?.marks ?? []) {
    const [from, to] = [axis.x(mark.at), axis.x(mark.until ?? mark.at)];
    const far = x < from ? from - x : x > to ? x - to : 0;
    if (far <= MARK_PX + 3 && (!best || far <= best.far)) best = { mark, far };
  }
  return best?.mark ?? null;
}

function sized(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const { width, height } = canvas.getBoundingClientRect();
  const [w, h] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
  if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
  const pen = canvas.getContext("2d") as CanvasRenderingContext2D;
  pen.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  return pen;
}
