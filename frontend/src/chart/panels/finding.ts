/** Finding in all that the officer may read: what is linked how far, ways from one to another, rings. */
import { amountWords } from "../amounts.ts";
import type { Chart } from "../host.ts";
import type { Piece } from "../model.ts";

type What = "around" | "shortest" | "paths" | "connecting" | "cycles" | "most" | "most_kg" | "most_s";

interface Found extends Piece {
  /** The items on each way, in order where there is one. */
  ways: string[][];
  /** Those that could not be connected. */
  apart: string[];
  are_all: boolean;
  /** Of those with the most, one by one: how many links, or what comes to them less what goes. */
  values: number[];
}

const NEEDS: Record<What, [least: number, most: number]> = {
  around: [1, Infinity],
  shortest: [2, 2],
  paths: [2, 2],
  connecting: [2, 20],
  cycles: [1, 1],
  most: [0, Infinity],
  most_kg: [0, Infinity],
  most_s: [0, Infinity],
};

const HAS_DEPTH: ReadonlySet<What> = new Set(["around", "paths", "cycles"]);

export class FindPanel {
  private found: Found | null = null;
  /** What was looked for when that was found. */
  private sought: What = "shortest";
  private busy = false;

  constructor(private readonly chart: Chart) {
    const panel = chart.piece("panel-find");
    panel.addEventListener("change", () => this.show(chart.chosen));
    panel.addEventListener("click", (event) => {
      const place = (event.target as Element).closest<HTMLElement>("[data-way]")?.dataset["way"];
      if (place !== undefined) this.lift(Number(place));
    });
    this.show(new Set());
  }

  show(chosen: ReadonlySet<string>): void {
    const { chart } = this;
    const [least, most] = NEEDS[this.what];
    const fits = chosen.size >= least && chosen.size <= most;
    const names = [...chosen].slice(0, 6).map((key) => chart.sheet.items.get(key)?.name ?? "");
    chart.piece("find-from").textContent = names.length
      ? names.join(", ") + (chosen.size > 6 ? ` +${chosen.size - 6}` : "")
      : chart.wording.say("none_chosen");
    chart.piece("find-needs").textContent = fits ? "" : chart.wording.say(`needs_${this.what}`);
    chart.piece<HTMLButtonElement>("find-go").disabled = !fits || this.busy;
    chart.piece("find-time").hidden = this.what !== "around";
    chart.piece("find-depth").hidden = !HAS_DEPTH.has(this.what);
  }

  act(act: string): void {
    if (act === "find") void this.go();
    if (act === "path") {
      this.chart.openTab("find");
      const radio = this.chart.querySelector<HTMLInputElement>('input[name="find"][value="shortest"]');
      if (radio) radio.checked = true;
      this.show(this.chart.chosen);
      if (this.chart.chosen.size === 2) void this.go();
    }
  }

  private get what(): What {
    const chosen = this.chart.querySelector<HTMLInputElement>('input[name="find"]:checked');
    return (chosen?.value ?? "shortest") as What;
  }

  private async go(): Promise<void> {
    const { chart } = this;
    const keys = [...chart.chosen];
    const { what } = this;
    const gap = chart.piece<HTMLInputElement>("find-gap").value;
    this.busy = true;
    this.show(chart.chosen);
    chart.piece("find-state").textContent = chart.wording.say("finding");
    const work = chart.tried(async () => {
      const found = await chart.server.find<Found>({
        what,
        keys,
        shown: [...chart.sheet.placed.keys()],
        depth: Number(chart.piece<HTMLSelectElement>("depth").value),
        around_places: chart.piece<HTMLInputElement>("find-past-places").checked,
        in_time: chart.piece<HTMLInputElement>("find-in-time").checked,
        ...(gap ? { gap_days: Number(gap) } : {}),
      });
      await chart.add(found);
      [this.found, this.sought] = [found, what];
      this.list();
      this.lift(0);
    });
    const wentWell = await work.finally(() => {
      this.busy = false;
      this.show(chart.chosen);
    });
    if (!wentWell) chart.piece("find-state").textContent = "";
  }

  private list(): void {
    const { chart, found } = this;
    if (!found) return;
    const { wording } = chart;
    const counted = wording.count(`found_${this.sought}`, found.ways.length) || wording.say(`found_${this.sought}`);
    const said = found.ways.length ? counted : wording.say(`nothing_${this.sought}`);
    const apart = found.apart.map((key) => chart.sheet.items.get(key)?.name ?? "").join(", ");
    const more = found.are_all ? "" : wording.say("not_all");
    chart.piece("find-state").textContent = [said, more, apart && wording.fill("apart", { names: apart })].filter(Boolean).join(" ");
    chart.piece("find-ways").replaceChildren(...found.ways.map((way, place) => this.row(way, place)));
  }

  private row(items: string[], place: number): HTMLElement {
    const row = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.dataset["way"] = String(place);
    button.className = "chart-way";
    const names = items.map((key) => this.chart.sheet.items.get(key)?.name ?? "");
    const isPart = this.sought === "around" || this.sought === "connecting";
    button.textContent = isPart ? this.chart.wording.count("items", names.length) : [names.join(" → "), this.amount(place)].filter(Boolean).join(" · ");
    row.append(button);
    return row;
  }

  /** Of how much one of those with the most has, in words. */
  private amount(place: number): string {
    const value = this.found?.values[place];
    if (value === undefined) return "";
    if (this.sought === "most") return this.chart.wording.count("links", value);
    const unit = this.sought === "most_kg" ? "kg" : "s";
    return `${value < 0 ? "−" : "+"}${amountWords({ [unit]: Math.abs(value) })}`;
  }

  private lift(place: number): void {
    const way = this.found?.ways[place];
    for (const one of this.chart.piece("find-ways").querySelectorAll<HTMLElement>("[data-way]")) {
      one.setAttribute("aria-pressed", String(Number(one.dataset["way"]) === place));
    }
    this.chart.lift(way ?? [], this.linksOf(way ?? []));
  }

  /** The links along a way; of a network, all among its items. */
  private linksOf(way: string[]): string[] {
    const steps = new Set(way.flatMap((key, at) => (at ? [`${way[at - 1]} ${key}`, `${key} ${way[at - 1]}`] : [])));
    if (this.sought === "cycles" && way.length) steps.add(`${way.at(-1)} ${way[0]}`).add(`${way[0]} ${way.at(-1)}`);
    const members = new Set(way);
    const isOrdered = this.sought !== "around" && this.sought !== "connecting";
    const among = this.chart.sheet.shownLinks().filter(({ begin, end }) =>
      isOrdered ? steps.has(`${begin} ${end}`) : members.has(begin) && members.has(end),
    );
    return among.map(({ key }) => key);
  }
}
