/** Which of its views a chart is seen in: the chart itself, its timeline, its map or its table; the address says it. */
import type { Looks } from "../drawing/looks.ts";
import type { Snapshot } from "../model.ts";
import type { Host as MapHost } from "./map.ts";
import type { Host as TimelineHost } from "./timeline.ts";
import type { View } from "./view.ts";

type Host = HTMLElement & MapHost & TimelineHost & { readonly looks: Looks };

/** Each is fetched when it is first wanted. */
const VIEWS: Record<string, (host: Host) => Promise<View>> = {
  timeline: async (host) => new (await import("./timeline.ts")).Timeline(host),
  map: async (host) => new (await import("./map.ts")).ChartMap(host),
};
const WITHOUT_A_VIEW = ["chart", "table"];

export class Viewing {
  private readonly made = new Map<string, View>();
  /** Those that are being fetched: each is made once. */
  private readonly coming = new Map<string, Promise<View>>();
  /** Which of them is seen. */
  name = "chart";

  constructor(private readonly host: Host) {}

  /** As the address says. */
  begin(): Promise<void> {
    return this.see(new URL(location.href).searchParams.get("view") ?? "chart");
  }

  /** What is seen besides the chart itself, as a snapshot keeps it. */
  kept(): Pick<Snapshot, "view" | "spot"> {
    const spot = this.made.get(this.name)?.spot();
    return spot ? { view: this.name as NonNullable<Snapshot["view"]>, spot } : {};
  }

  /** See a snapshot where it was kept. */
  async step({ view, spot }: Pick<Snapshot, "view" | "spot">): Promise<void> {
    await this.see(view ?? "chart");
    if (spot && view === this.name) this.made.get(view)?.look(spot);
  }

  async see(name: string): Promise<void> {
    const make = VIEWS[name];
    if (!make && !WITHOUT_A_VIEW.includes(name)) return;
    this.name = name;
    this.host.dataset["seen"] = name;
    for (const button of this.host.querySelectorAll<HTMLElement>("[data-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset["view"] === name));
    }
    for (const over of this.host.querySelectorAll<HTMLElement>("[data-view-of]")) over.hidden = over.dataset["viewOf"] !== name;
    this.remember();
    if (!make) return;
    let coming = this.coming.get(name);
    if (!coming) this.coming.set(name, (coming = make(this.host)));
    try {
      this.made.set(name, await coming);
    } catch (error) {
      this.coming.delete(name);
      throw error;
    }
    if (this.name === name) await this.draw();
  }

  /** Draw what is seen, as it looks on the chart, with what is selected. */
  async draw(): Promise<void> {
    const view = this.made.get(this.name);
    if (!view) return;
    view.choose(this.host.chosen);
    await view.draw(this.host.looks);
  }

  choose(): void {
    this.made.get(this.name)?.choose(this.host.chosen);
  }

  remove(): void {
    for (const view of this.made.values()) view.remove();
    this.made.clear();
    this.coming.clear();
  }

  private remember(): void {
    const address = new URL(location.href);
    if (this.name === "chart") address.searchParams.delete("view");
    else address.searchParams.set("view", this.name);
    history.replaceState(history.state, "", address);
  }
}
