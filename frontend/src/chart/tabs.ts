/** The tabs beside the chart: one is open, and arrows go from one to the next. */
import type { Chart } from "./host.ts";

type Host = Pick<Chart, "piece" | "querySelectorAll" | "addEventListener">;

export class Tabs {
  private readonly tabs: readonly HTMLElement[];

  /** `opened` is told when another is open. */
  constructor(
    private readonly chart: Host,
    private readonly opened: () => void,
  ) {
    this.tabs = [...chart.querySelectorAll<HTMLElement>("[data-tab-of]")];
    for (const tab of this.tabs) {
      tab.addEventListener("click", () => this.open(nameOf(tab)));
      tab.addEventListener("keydown", (event) => this.key(event, tab));
    }
  }

  open(name: string): void {
    for (const tab of this.tabs) {
      const mine = nameOf(tab) === name;
      tab.setAttribute("aria-selected", String(mine));
      tab.tabIndex = mine ? 0 : -1;
      this.chart.piece(`panel-${nameOf(tab)}`).hidden = !mine;
    }
    this.opened();
  }

  private key(event: KeyboardEvent, here: HTMLElement): void {
    const at = this.tabs.indexOf(here);
    const places: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: (at + 1) % this.tabs.length, Home: 0, End: -1 };
    const tab = this.tabs.at(places[event.key] ?? NaN);
    if (!tab || places[event.key] === undefined) return;
    this.open(nameOf(tab));
    tab.focus();
    event.preventDefault();
  }
}

function nameOf(tab: HTMLElement): string {
  return tab.dataset["tabOf"] ?? "";
}
