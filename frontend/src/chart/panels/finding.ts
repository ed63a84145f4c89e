/** Finding in all that the officer may read: what is linked how far, ways from one to another, rings. */
import { amountWords } from "../amounts.ts";
import type { Chart } from "../host.ts";
import type { Piece } from "../model.ts";
import { refill, smallButton } from "./small.ts";

type What = "around" | "shortest" | "paths" | "connecting" | "cycles" | "most" | "most_kg" | "most_s" | "most_weight" | "most_money";

interface Found extends Piece {
  /** The items on each way, in order where there is one. */
  ways: string[][];
  /** Of those that were to be connected, each part that hangs together. */
  groups: string[][];
  are_all: boolean;
  /** Of those with the most, one by one: how many links, or what comes to them less what goes; and in which unit. */
  values: number[];
  units: string[];
  /** Of how many links ways were looked for at most, and whether there may be longer ones. */
  longest: number;
  goes_on: boolean;
  /** What was left out, in words. */
  without: string[];
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
  most_weight: [0, Infinity],
  most_money: [0, Infinity],
};

const HAS_DEPTH: ReadonlySet<What> = new Set(["around", "paths", "cycles"]);
const HAS_LIMIT: ReadonlySet<What> = new Set(["paths", "cycles"]);
/** Of these what comes and what goes is taken together: there is no less. */
const IS_SUM = "most_weight";

/** What is left out: an item by its key, or a kind of items or links. */
interface LeftOut {
  of: "item" | "items" | "links";
  name: string;
  words: string;
}

export class FindPanel {
  private found: Found | null = null;
  /** What was looked for when that was found. */
  private sought: What = "shortest";
  private busy = false;
  private without: LeftOut[] = [];

  constructor(private readonly chart: Chart) {
    const panel = chart.piece("panel-find");
    panel.addEventListener("change", ({ target }) => {
      if (target === chart.piece("find-kind")) this.leaveKind(target as HTMLSelectElement);
      this.show(chart.chosen);
    });
    panel.addEventListener("click", (event) => {
      const taken = (event.target as Element).closest<HTMLElement>("[data-take-in]")?.dataset["takeIn"];
      if (taken !== undefined) this.leave(this.without.filter((_, at) => at !== Number(taken)));
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
    chart.piece("find-limit").hidden = !HAS_LIMIT.has(this.what);
    chart.piece<HTMLButtonElement>("leave-out").disabled = !chosen.size;
  }

  act(act: string): void {
    if (act === "find") void this.go();
    if (act === "leave-out") {
      const items = [...this.chart.chosen].map((key): LeftOut => ({ of: "item", name: key, words: this.chart.sheet.items.get(key)?.name ?? "" }));
      this.leave([...this.without, ...items]);
    }
    if (act === "path") {
      this.chart.openTab("find");
      const radio = this.chart.querySelector<HTMLInputElement>('input[name="find"][value="shortest"]');
      if (radio) radio.checked = true;
      this.show(this.chart.chosen);
      if (this.chart.chosen.size === 2) void this.go();
    }
  }

  private leaveKind(select: HTMLSelectElement): void {
    const [of, ...name] = select.value.split(":");
    const words = select.selectedOptions[0]?.textContent ?? "";
    if (name.length) this.leave([...this.without, { of: of as LeftOut["of"], name: name.join(":"), words }]);
    select.value = "";
  }

  /** Leave these out of what is looked for from now on, each once. */
  private leave(without: readonly LeftOut[]): void {
    const { chart } = this;
    this.without = [...new Map(without.map((one) => [`${one.of} ${one.name}`, one])).values()];
    const rows = this.without.map(({ words }, at) => {
      const row = document.createElement("li");
      row.append(words, smallButton("x", chart.wording.fill("take_in", { name: words }), "takeIn", at));
      return row;
    });
    refill(chart.piece("find-without"), rows);
    chart.piece("find-without").hidden = !rows.length;
  }

  private leftOut(of: LeftOut["of"]): string[] {
    return this.without.filter((one) => one.of === of).map(({ name }) => name);
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
        limit: Number(chart.piece<HTMLSelectElement>("find-most").value),
        without: this.leftOut("item"),
        without_items: this.leftOut("items"),
        without_links: this.leftOut("links"),
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
    if (wentWell) return;
    chart.piece("find-state").textContent = "";
    chart.piece("find-left-out").textContent = "";
  }

  private list(): void {
    const { chart, found } = this;
    if (!found) return;
    const { wording } = chart;
    const counted = wording.count(`found_${this.sought}`, found.ways.length) || wording.say(`found_${this.sought}`);
    const said = found.ways.length ? counted : wording.say(`nothing_${this.sought}`);
    const named = (keys: string[]): string => keys.map((key) => chart.sheet.items.get(key)?.name ?? "").join(", ");
    const gaps = found.groups.length > 1 ? wording.fill("gaps", { parts: found.groups.map(named).join("; ") }) : "";
    const more = found.are_all ? "" : wording.say("not_all");
    const longer = found.goes_on ? wording.count("longer", found.longest) : "";
    chart.piece("find-state").textContent = [said, more, gaps, longer].filter(Boolean).join(" ");
    chart.piece("find-left-out").textContent = found.without.length ? wording.fill("without", { names: found.without.join(", ") }) : "";
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
    const unit = this.found?.units[place];
    if (!unit) return this.chart.wording.count("links", value);
    const sign = this.sought === IS_SUM ? "" : value < 0 ? "−" : "+";
    return `${sign}${amountWords({ [unit]: Math.abs(value) })}`;
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
