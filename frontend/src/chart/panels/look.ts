/** How the chart is drawn: what sizes and colours mean, what is written, how links are gathered, and kept views. */
import type { Chart } from "../host.ts";
import type { Coloured, LinkLabels, LinkMode, Placed, Sized, Snapshot } from "../model.ts";
import { AreaPanel } from "./areas.ts";
import { drawnAsOne, namesakes } from "../namesakes.ts";
import { offerProperties } from "./properties.ts";
import { RulePanel } from "./rules.ts";
import { refill, smallButton } from "./small.ts";

const MOST_SNAPSHOTS = 60;

export class LookPanel {
  private readonly rules: RulePanel;
  private readonly areas: AreaPanel;
  private readonly beneath: HTMLSelectElement[];

  constructor(private readonly chart: Chart) {
    const panel = chart.piece("panel-look");
    panel.addEventListener("change", (event) => this.changed(event.target as HTMLElement));
    panel.addEventListener("click", (event) => this.clicked(event));
    this.beneath = [...panel.querySelectorAll<HTMLSelectElement>("[data-beneath]")];
    this.rules = new RulePanel(chart);
    this.areas = new AreaPanel(chart);
  }

  show(): void {
    const { sized, coloured, links, labels, beneath, snapshots } = this.chart.sheet.settings;
    this.chart.piece<HTMLSelectElement>("sized").value = sized;
    this.chart.piece<HTMLSelectElement>("coloured").value = coloured;
    this.check("links", links);
    this.check("labels", labels);
    this.beneath.forEach((select, place) => {
      offerProperties(select, this.chart.sheet);
      const prop = beneath[place] ?? "";
      if (prop && ![...select.options].some(({ value }) => value === prop)) select.add(new Option(this.chart.sheet.words.get(prop) ?? prop, prop));
      select.value = prop;
    });
    refill(this.chart.piece("snapshots"), snapshots.map((one, place) => this.snapshotRow(one, place)));
    this.chart.piece("apart").hidden = !drawnAsOne(this.chart.sheet).length;
    this.rules.show();
    this.areas.show();
  }

  act(act: string): void {
    if (act === "snap") this.snap();
    if (act === "as-one") this.asOne();
    if (act === "apart") this.apart();
    this.rules.act(act);
    this.areas.act(act);
  }

  private check(name: string, value: string): void {
    for (const radio of this.chart.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)) radio.checked = radio.value === value;
  }

  private changed(field: HTMLElement): void {
    const { sheet } = this.chart;
    const { value, name } = field as HTMLInputElement;
    const piece = field.dataset["piece"];
    if (piece === "sized") sheet.set({ sized: value as Sized });
    else if (piece === "coloured") sheet.set({ coloured: value as Coloured });
    else if (name === "links") sheet.set({ links: value as LinkMode });
    else if (name === "labels") sheet.set({ labels: value as LinkLabels });
    else if (field.dataset["beneath"] !== undefined) sheet.set({ beneath: [...new Set(this.beneath.map((select) => select.value).filter(Boolean))] });
    else return;
    this.chart.draw();
  }

  private clicked(event: Event): void {
    const button = (event.target as Element).closest<HTMLElement>("[data-snapshot], [data-snapshot-away]");
    if (!button) return;
    const { sheet } = this.chart;
    const { snapshot, snapshotAway } = button.dataset;
    if (snapshotAway !== undefined) {
      sheet.snapshots(sheet.settings.snapshots.filter((_, place) => place !== Number(snapshotAway)));
      this.chart.draw();
    } else if (snapshot !== undefined) this.step(sheet.settings.snapshots[Number(snapshot)]);
  }

  /** Let people and firms of one name stand as one, each group as that of them with most links. */
  private asOne(): void {
    const { chart } = this;
    const into = new Map([...namesakes(chart.sheet)].flatMap(([one, others]) => others.map((key) => [key, one])));
    if (!into.size) return chart.say(chart.wording.say("no_namesakes"));
    chart.sheet.change((placed) => {
      for (const [key, one] of into) placed.set(key, { ...(placed.get(key) as Placed), into: one });
    });
    chart.choose(new Set(into.values()));
    chart.draw();
    chart.say(chart.wording.count("as_one_now", into.size));
  }

  private apart(): void {
    const again = drawnAsOne(this.chart.sheet);
    this.chart.edit(again, { into: "" });
    this.chart.choose(again);
    this.chart.querySelector<HTMLElement>('[data-act="as-one"]')?.focus();
  }

  private snap(): void {
    if (this.chart.sheet.settings.snapshots.length >= MOST_SNAPSHOTS) return this.chart.say(this.chart.wording.say("snapshots_full"));
    const field = this.chart.piece<HTMLInputElement>("snapshot-name");
    const name = field.value.trim() || `${this.chart.sheet.settings.snapshots.length + 1}`;
    const made: Snapshot = {
      name,
      shown: this.chart.sheet.shown.map(({ key }) => key),
      selected: [...this.chart.chosen],
      camera: this.chart.canvas.view(),
      ...this.chart.viewing.kept(),
    };
    this.chart.sheet.snapshots([...this.chart.sheet.settings.snapshots, made]);
    field.value = "";
    this.chart.draw();
  }

  private step(snapshot: Snapshot | undefined): void {
    if (!snapshot) return;
    const shown = new Set(snapshot.shown);
    this.chart.sheet.change((placed) => {
      for (const [key, one] of placed) placed.set(key, { ...one, hidden: !shown.has(key) });
    });
    this.chart.choose(snapshot.selected);
    this.chart.draw();
    this.chart.canvas.look(snapshot.camera, snapshot.camera.scale);
    void this.chart.viewing.step(snapshot);
    this.chart.openTab("look");
    this.chart.say(snapshot.name);
  }

  private snapshotRow({ name, shown }: Snapshot, place: number): HTMLElement {
    const row = document.createElement("li");
    row.className = "chart-rule";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chart-way";
    button.dataset["snapshot"] = String(place);
    button.textContent = `${name} · ${this.chart.wording.count("items", shown.length)}`;
    row.append(button, smallButton("x", `${this.chart.wording.say("take_away")}: ${name}`, "snapshotAway", place));
    return row;
  }
}
