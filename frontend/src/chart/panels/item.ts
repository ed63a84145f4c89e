/** What is chosen, beside the chart: one with all that is said of it, a link with who says it, or several. */
import "./panels.css";

import type { Chart } from "../host.ts";
import { DressPanel } from "./dress.ts";
import { StandingPanel } from "./standing.ts";

const MOST_LISTED = 30;
const SETTLE_MS = 90;
/** So many go onto another chart at once. */
const MOST_ONTO = 100;

export class ItemPanel {
  private asked: AbortController | null = null;
  private waiting: number | undefined;
  /** Whose note is being written. */
  private noted: string[] = [];
  /** What stood there before. */
  private written = "";
  private readonly note: HTMLTextAreaElement;
  private readonly standing: StandingPanel;
  private readonly dress: DressPanel;
  private readonly onto: HTMLAnchorElement;

  constructor(private readonly chart: Chart) {
    this.standing = new StandingPanel(chart);
    this.dress = new DressPanel(chart);
    this.onto = chart.piece<HTMLAnchorElement>("onto");
    this.onto.addEventListener("click", (event) => this.leadOn(event));
    this.note = chart.piece<HTMLTextAreaElement>("note-text");
    this.note.addEventListener("change", () => this.keepNote());
  }

  /** To the page that puts what is selected on another chart. */
  private leadOn(event: Event): void {
    const { chosen, wording } = this.chart;
    if (chosen.size > MOST_ONTO) {
      event.preventDefault();
      return this.chart.say(wording.say("onto_full"));
    }
    this.onto.search = new URLSearchParams([...chosen].map((key) => ["item", key])).toString();
  }

  /** What was written belongs to those of whom it was written. */
  private keepNote(): void {
    const said = this.note.value.trim();
    const some = this.noted.filter((key) => this.chart.sheet.placed.has(key));
    if (!some.length || said === this.written) return;
    this.written = said;
    this.chart.edit(some, { note: said });
  }

  /** Show what is written of these; not over what is being written of the same. */
  private noteOf(some: string[]): void {
    const isSame = some.length === this.noted.length && some.every((key, place) => key === this.noted[place]);
    if (isSame && document.activeElement === this.note && this.note.value.trim() !== this.written) return;
    this.keepNote();
    this.noted = some;
    const notes = new Set(some.map((key) => this.chart.sheet.placed.get(key)?.note ?? ""));
    this.note.value = notes.size === 1 ? ([...notes][0] as string) : "";
    this.written = this.note.value.trim();
  }

  show(chosen: ReadonlySet<string>, link: string): void {
    const { chart } = this;
    const some = [...chosen];
    window.clearTimeout(this.waiting);
    this.asked?.abort();
    chart.piece("item-none").hidden = some.length > 0 || link !== "";
    chart.piece("item-acts").hidden = some.length === 0;
    chart.piece("item-several").hidden = some.length < 2;
    chart.piece("item-note").hidden = !some.length;
    chart.piece("item-text").replaceChildren();
    chart.piece("item-text").hidden = some.length > 1;
    this.showMade(chosen);
    if (some.length > 1) this.several(some);
    else if (some.length || link) this.waiting = window.setTimeout(() => void this.fetch(some[0] ?? "", link), SETTLE_MS);
  }

  /** What the analyst made of these. */
  showMade(chosen: ReadonlySet<string>): void {
    const { chart } = this;
    const some = [...chosen];
    chart.piece("unfold").hidden = !some.some((key) => chart.sheet.within(key).length);
    this.noteOf(some);
    this.standing.show();
    this.dress.show();
  }

  private several(some: string[]): void {
    const { chart } = this;
    chart.piece("item-count").textContent = chart.wording.count("chosen", some.length);
    const rows = some.slice(0, MOST_LISTED).map((key) => {
      const row = document.createElement("li");
      row.textContent = chart.sheet.items.get(key)?.name ?? "";
      return row;
    });
    if (some.length > MOST_LISTED) {
      const more = document.createElement("li");
      more.className = "dim";
      more.textContent = chart.wording.count("more", some.length - MOST_LISTED);
      rows.push(more);
    }
    chart.piece("item-list").replaceChildren(...rows);
  }

  private async fetch(key: string, link: string): Promise<void> {
    const asked = (this.asked = new AbortController());
    const { chart } = this;
    const ends = chart.sheet.links.get(link);
    await chart.tried(async () => {
      const asking = key ? chart.server.item(key, asked.signal) : chart.server.link(ends?.begin ?? "", ends?.end ?? "", asked.signal);
      const html = await asking.catch((error: unknown) => {
        if (asked.signal.aborted) return "";
        throw error;
      });
      if (!asked.signal.aborted) chart.piece("item-text").innerHTML = html;
    }, "looking");
  }
}
