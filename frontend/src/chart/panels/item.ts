/** What is chosen, beside the chart: one with all that is said of it, a link with who says it, or several. */
import type { LinkChart } from "../link-chart.ts";
import { StandingPanel } from "./standing.ts";

const MOST_LISTED = 30;
const SETTLE_MS = 90;

export class ItemPanel {
  private asked: AbortController | null = null;
  private waiting: number | undefined;
  /** Whose note is being written. */
  private noted: string[] = [];
  private readonly standing: StandingPanel;

  constructor(private readonly chart: LinkChart) {
    this.standing = new StandingPanel(chart);
    const note = chart.piece<HTMLTextAreaElement>("note-text");
    note.addEventListener("change", () => {
      if (this.noted.length) chart.edit(this.noted, { note: note.value.trim() });
    });
  }

  show(chosen: ReadonlySet<string>, link: string): void {
    const { chart } = this;
    const some = [...chosen];
    window.clearTimeout(this.waiting);
    this.asked?.abort();
    chart.piece("item-none").hidden = some.length > 0 || link !== "";
    chart.piece("item-acts").hidden = some.length === 0;
    chart.piece("unfold").hidden = !some.some((key) => chart.sheet.within(key).length);
    chart.piece("item-several").hidden = some.length < 2;
    chart.piece("item-note").hidden = !some.length;
    chart.piece("item-text").replaceChildren();
    chart.piece("item-text").hidden = some.length > 1;
    this.noted = some;
    const notes = new Set(some.map((key) => chart.sheet.placed.get(key)?.note ?? ""));
    chart.piece<HTMLTextAreaElement>("note-text").value = notes.size === 1 ? ([...notes][0] as string) : "";
    this.standing.show();
    if (some.length > 1) this.several(some);
    else if (some.length || link) this.waiting = window.setTimeout(() => void this.fetch(some[0] ?? "", link), SETTLE_MS);
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
