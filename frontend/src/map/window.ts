/** A time window: two handles on one line, between the beginning and the end of what a map holds. */
import { formatClock, language, officeZone } from "../page.ts";

const STEPS = 96;

export class TimeWindow {
  private readonly from: HTMLInputElement;
  private readonly until: HTMLInputElement;
  private readonly said: HTMLElement;
  private begins = 0;
  private ends = 0;

  constructor(
    private readonly place: HTMLElement,
    changed: () => void,
  ) {
    const find = <T extends Element>(part: string): T => place.querySelector(`[data-piece="${part}"]`) as T;
    this.from = find<HTMLInputElement>("from");
    this.until = find<HTMLInputElement>("until");
    this.said = find<HTMLElement>("said");
    for (const input of [this.from, this.until]) {
      input.max = String(STEPS);
      input.addEventListener("input", () => {
        this.keepApart(input);
        this.say();
        changed();
      });
    }
    this.from.value = "0";
    this.until.value = String(STEPS);
  }

  /** Seconds since 1970. What is chosen keeps its distance from the end, which is now. */
  span(begins: number, ends: number): void {
    [this.begins, this.ends] = [begins, ends];
    this.say();
  }

  get chosen(): [since: number, until: number] {
    const step = (this.ends - this.begins) / STEPS;
    const last = Number(this.until.value) === STEPS ? Infinity : this.begins + Number(this.until.value) * step;
    return [Number(this.from.value) === 0 ? -Infinity : this.begins + Number(this.from.value) * step, last];
  }

  private keepApart(moved: HTMLInputElement): void {
    const [from, until] = [Number(this.from.value), Number(this.until.value)];
    if (from < until) return;
    if (moved === this.from) this.from.value = String(until - 1);
    else this.until.value = String(from + 1);
  }

  private say(): void {
    const step = (this.ends - this.begins) / STEPS;
    const [from, until] = [Number(this.from.value), Number(this.until.value)];
    const words = [from, until].map((at) => moment(this.begins + at * step));
    this.said.textContent = words.join(" – ");
    this.from.setAttribute("aria-valuetext", words[0] ?? "");
    this.until.setAttribute("aria-valuetext", words[1] ?? "");
    this.place.style.setProperty("--from", String(from / STEPS));
    this.place.style.setProperty("--until", String(until / STEPS));
  }
}

function moment(seconds: number): string {
  const at = new Date(seconds * 1000);
  const day = new Intl.DateTimeFormat(language(), { timeZone: officeZone(), day: "numeric", month: "short" });
  return `${day.format(at)} ${formatClock(at, officeZone(), false)}`;
}
