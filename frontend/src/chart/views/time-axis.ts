/** From moments to places along a line and back, and the dates that are written there, by the office's clock. */
import { formatClock, language } from "../../page.ts";
import { offsetAt } from "../../moments.ts";

const HOUR_S = 3_600;
const DAY_S = 86_400;
const STEPS_S = [HOUR_S / 4, HOUR_S, 3 * HOUR_S, 6 * HOUR_S, DAY_S, 2 * DAY_S, 7 * DAY_S];
const STEPS_MONTHS = [1, 3, 6, 12, 24, 60, 120];
const MONTH_S = 30.4 * DAY_S;
const LEAST_PX = 84;
const SHORTEST_S = HOUR_S / 2;
const LONGEST_S = 200 * 365 * DAY_S;
/** A Monday: weeks begin there. */
const MONDAY = Date.UTC(2024, 0, 1) / 1000;

interface Tick {
  at: number;
  words: string;
}

export class TimeAxis {
  constructor(
    readonly from: number,
    readonly to: number,
    readonly left: number,
    readonly width: number,
    private readonly zone: string,
  ) {}

  x(at: number): number {
    return this.left + ((at - this.from) / (this.to - this.from)) * this.width;
  }

  at(x: number): number {
    return this.from + ((x - this.left) / this.width) * (this.to - this.from);
  }

  /** Closer or further away about a moment, within what makes sense. */
  zoomed(by: number, about: number): [from: number, to: number] {
    const length = Math.min(LONGEST_S, Math.max(SHORTEST_S, (this.to - this.from) / by));
    const share = (about - this.from) / (this.to - this.from);
    return [about - share * length, about + (1 - share) * length];
  }

  ticks(): Tick[] {
    const least = (LEAST_PX / Math.max(1, this.width)) * (this.to - this.from);
    const step = STEPS_S.find((one) => one >= least);
    return step === undefined ? this.months(least) : this.steps(step);
  }

  private steps(step: number): Tick[] {
    const ticks: Tick[] = [];
    const shift = this.offset(this.from);
    const begin = MONDAY + Math.ceil((this.from + shift - MONDAY) / step) * step;
    for (let local = begin; local - shift <= this.to; local += step) {
      const at = local - this.offset(local - shift);
      const date = new Date(at * 1000);
      const isMidnight = local % DAY_S === 0;
      ticks.push({ at, words: isMidnight ? this.day(date, { weekday: "short", day: "numeric", month: "short" }) : formatClock(date, this.zone, false) });
    }
    return ticks;
  }

  private months(least: number): Tick[] {
    const step = STEPS_MONTHS.find((one) => one * MONTH_S >= least) ?? (STEPS_MONTHS.at(-1) as number);
    const first = new Date((this.from + this.offset(this.from)) * 1000);
    const ticks: Tick[] = [];
    for (let month = Math.ceil((first.getUTCFullYear() * 12 + first.getUTCMonth()) / step) * step; ; month += step) {
      const local = Date.UTC(Math.floor(month / 12), month % 12) / 1000;
      const at = local - this.offset(local);
      if (at > this.to) return ticks;
      if (at >= this.from) ticks.push({ at, words: this.day(new Date(at * 1000), step < 12 ? { month: "short", year: "numeric" } : { year: "numeric" }) });
    }
  }

  private offset(at: number): number {
    return offsetAt(Math.round(at) * 1000, this.zone) / 1000;
  }

  private day(date: Date, how: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(language(), { ...how, timeZone: this.zone }).format(date).replace(/\s*г\.$/, "");
  }
}
