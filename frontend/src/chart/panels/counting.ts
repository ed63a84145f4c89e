/** Bars and hours beside the chart; a click on one selects, hides or lifts out what it counts. */
import { language, officeZone } from "../../page.ts";
import { type Bar, byHour, counted, countedLines, happened, saidMoments, withHours } from "../counting.ts";
import type { Chart } from "../host.ts";
import type { Item, Link } from "../model.ts";
import { offerProperties } from "./properties.ts";
import { refill } from "./small.ts";

const MOST_BARS = 30;
/** So begins what is counted of lines. */
const LINES = "link:";
/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

export class CountPanel {
  private readonly panel: HTMLElement;
  private readonly about: HTMLSelectElement;
  /** Of which property the hours are; empty for when events and links were. */
  private readonly hoursOf: HTMLSelectElement;
  private counted: string[][] = [];

  constructor(private readonly chart: Chart) {
    this.panel = chart.piece("panel-count");
    this.about = chart.piece<HTMLSelectElement>("count-about");
    this.hoursOf = chart.piece<HTMLSelectElement>("hours-of");
    for (const select of [this.about, this.hoursOf]) select.addEventListener("change", () => this.show());
    this.panel.addEventListener("click", (event) => this.click(event));
    chart.piece("count-hours").addEventListener("keydown", (event) => this.key(event));
  }

  /** Count what is shown, where this is looked at. */
  show(): void {
    if (this.panel.hidden) return;
    const { sheet } = this.chart;
    const items = sheet.shown.map(({ key }) => sheet.items.get(key)).filter((item) => item !== undefined);
    this.counted = [];
    offerProperties(this.about, sheet);
    offerProperties(this.hoursOf, sheet, withHours(items));
    this.bars(items);
    this.hours(items);
  }

  private bars(items: Item[]): void {
    const { chart } = this;
    const about = this.about.value;
    const values = (item: Item): string[] =>
      about === "schema" ? [item.kind] : about === "degree" ? [String(chart.measured?.values.degree.get(item.key) ?? 0)] : (item.facts[about] ?? []);
    const write = (number: number): string => number.toLocaleString(language(), { maximumFractionDigits: 4 });
    const bars = about.startsWith(LINES) ? countedLines(chart.sheet.shownLinks(), this.lines(about)) : counted(items, values, write);
    const most = Math.max(1, ...bars.map(numberOf));
    const rows = bars.slice(0, MOST_BARS).map((bar) => this.bar(bar, most));
    if (bars.length > MOST_BARS) {
      const more = document.createElement("li");
      more.className = "dim";
      more.textContent = chart.wording.count("more", bars.length - MOST_BARS);
      rows.push(more);
    }
    refill(chart.piece("count-bars"), rows);
  }

  private lines(about: string): (link: Link) => string {
    return about === `${LINES}certainty` ? ({ certainty }) => this.chart.wording.say(certainty) : ({ kind, label }) => this.chart.sheet.words.get(kind) ?? label;
  }

  private bar(bar: Bar, most: number): HTMLLIElement {
    const { name, keys } = bar;
    const row = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chart-bar";
    button.dataset["counted"] = String(this.counted.push(keys) - 1);
    button.disabled = !keys.length;
    button.style.setProperty("--share", String(numberOf(bar) / most));
    const said = document.createElement("span");
    said.textContent = name || this.chart.wording.say("not_said");
    said.classList.toggle("dim", !name);
    const number = document.createElement("b");
    number.textContent = numberOf(bar).toLocaleString(language());
    button.append(said, number);
    row.append(button);
    return row;
  }

  private hours(items: Item[]): void {
    const { wording, sheet } = this.chart;
    const zone = officeZone();
    const prop = this.hoursOf.value;
    const { week, without } = byHour(prop ? saidMoments(items, prop) : happened(items, sheet.shownLinks()), zone);
    const most = Math.max(0, ...week.flat().map(({ times }) => times));
    const offset = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(new Date());
    const name = offset.find(({ type }) => type === "timeZoneName")?.value.replace("GMT", "UTC") ?? "";
    this.chart.piece("count-zone").textContent = wording.fill("zone", { zone: `${zone} (${name})` });
    const days = week.map((_, day) => new Intl.DateTimeFormat(language(), { weekday: "short", timeZone: "UTC" }).format(MONDAY + day * DAY_MS));
    const cells = week.flatMap((hours, day) => [
      head(days[day] ?? ""),
      ...hours.map(({ times, keys }, hour) => {
        const cell = document.createElement("button");
        const words = `${days[day]} ${String(hour).padStart(2, "0")}:00 – ${times}`;
        cell.type = "button";
        cell.className = "chart-hour";
        cell.dataset["counted"] = String(this.counted.push([...keys]) - 1);
        if (times) cell.dataset["amount"] = times > most / 2 ? "high" : times > most / 4 ? "mid" : "low";
        cell.tabIndex = day || hour ? -1 : 0;
        cell.title = words;
        cell.setAttribute("aria-label", words);
        return cell;
      }),
    ]);
    const axis = [head(""), ...Array.from({ length: 24 }, (_, hour) => head(hour % 6 ? "" : String(hour)))];
    refill(this.chart.piece("count-hours"), [...cells, ...axis]);
    this.chart.piece("count-hours").hidden = !most;
    this.chart.piece("count-most").textContent = most ? wording.count("most_hour", most) : wording.say("no_hours");
    this.chart.piece("count-without").textContent = without ? wording.count("without_hour", without) : "";
  }

  private click(event: Event): void {
    const place = (event.target as Element).closest<HTMLElement>("[data-counted]")?.dataset["counted"];
    if (place === undefined) return;
    const keys = this.counted[Number(place)] ?? [];
    const does = this.chart.querySelector<HTMLInputElement>('input[name="count-does"]:checked')?.value;
    if (does === "hide") this.chart.hide(keys, true);
    else if (does === "grey") this.chart.light(keys);
    else this.chart.choose(keys, (event as MouseEvent).ctrlKey || (event as MouseEvent).metaKey);
  }

  /** Arrows go from hour to hour, and from day to day. */
  private key(event: KeyboardEvent): void {
    const cells = [...this.chart.piece("count-hours").querySelectorAll<HTMLElement>(".chart-hour")];
    const by: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -24, ArrowDown: 24 };
    const at = cells.indexOf(event.target as HTMLElement);
    const next = cells[at + (by[event.key] ?? NaN)];
    if (at < 0 || !next) return;
    (cells[at] as HTMLElement).tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
    event.preventDefault();
    event.stopPropagation();
  }
}

function numberOf({ lines, keys }: Bar): number {
  return lines ?? keys.length;
}

function head(words: string): HTMLElement {
  const made = document.createElement("span");
  made.className = "dim";
  made.textContent = words;
  made.setAttribute("aria-hidden", "true");
  return made;
}
