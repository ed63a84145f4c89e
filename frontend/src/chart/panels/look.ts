/** How the chart is drawn: what sizes and colours mean, how links are gathered, rules, and kept views. */
import type { LinkChart } from "../link-chart.ts";
import type { Coloured, Comparison, Effect, LinkMode, Rule, Sized, Snapshot } from "../model.ts";
import { offerProperties } from "./properties.ts";

export class LookPanel {
  constructor(private readonly chart: LinkChart) {
    const panel = chart.piece("panel-look");
    panel.addEventListener("change", (event) => this.changed(event.target as HTMLElement));
    panel.addEventListener("click", (event) => this.clicked(event));
  }

  show(): void {
    const { sized, coloured, links, rules, snapshots } = this.chart.sheet.settings;
    this.chart.piece<HTMLSelectElement>("sized").value = sized;
    this.chart.piece<HTMLSelectElement>("coloured").value = coloured;
    for (const radio of this.chart.querySelectorAll<HTMLInputElement>('input[name="links"]')) radio.checked = radio.value === links;
    this.chart.piece("rules").replaceChildren(...rules.map((rule, place) => this.ruleRow(rule, place, rules.length)));
    this.chart.piece("snapshots").replaceChildren(...snapshots.map((one, place) => this.snapshotRow(one, place)));
    this.abouts();
    this.values();
  }

  act(act: string): void {
    if (act === "add-rule") this.addRule();
    if (act === "snap") this.snap();
  }

  private changed(field: HTMLElement): void {
    const { sheet } = this.chart;
    const value = (field as HTMLSelectElement).value;
    const piece = field.dataset["piece"];
    if (piece === "sized") sheet.set({ sized: value as Sized });
    else if (piece === "coloured") sheet.set({ coloured: value as Coloured });
    else if ((field as HTMLInputElement).name === "links") sheet.set({ links: value as LinkMode });
    else return this.values();
    this.chart.draw();
  }

  /** What rules may be about: the kind, the measures, and each property that something here has. */
  private abouts(): void {
    offerProperties(this.chart.piece<HTMLSelectElement>("rule-about"), this.chart.sheet);
  }

  /** What the chosen property is, of what stands here: to be picked instead of typed. */
  private values(): void {
    const { sheet } = this.chart;
    const about = this.chart.piece<HTMLSelectElement>("rule-about").value;
    const list = this.chart.piece("rule-values");
    const items = sheet.shown.map(({ key }) => sheet.items.get(key)).filter((item) => item !== undefined);
    const found = about === "schema" ? items.map((item) => [item.schema, item.kind]) : items.flatMap((item) => (item.facts[about] ?? []).map((value) => [value, ""]));
    const options = new Map(found as [string, string][]);
    list.replaceChildren(...[...options].slice(0, 60).map(([value, label]) => new Option(label, value)));
    const effect = this.chart.piece<HTMLSelectElement>("rule-effect").value;
    this.chart.piece("rule-ink-line").hidden = effect !== "colour" && effect !== "border";
    this.chart.piece("rule-badge-line").hidden = effect !== "badge";
  }

  private addRule(): void {
    const value = (name: string): string => this.chart.piece<HTMLInputElement>(name).value.trim();
    const effect = value("rule-effect") as Effect;
    const rule: Rule = {
      about: value("rule-about"),
      comparison: value("rule-comparison") as Comparison,
      value: value("rule-value"),
      effect,
      with: effect === "badge" ? value("rule-badge") || "!" : effect === "size" ? "1.5" : (this.chart.querySelector<HTMLInputElement>('input[name="rule-ink"]:checked')?.value ?? "chart-1"),
    };
    if (!rule.value && rule.comparison !== "any") return this.chart.piece("rule-value").focus();
    this.chart.sheet.set({ rules: [...this.chart.sheet.settings.rules, rule] });
    this.chart.piece<HTMLInputElement>("rule-value").value = "";
    this.chart.draw();
  }

  private clicked(event: Event): void {
    const button = (event.target as Element).closest<HTMLElement>("[data-rule-away], [data-rule-up], [data-snapshot], [data-snapshot-away]");
    if (!button) return;
    const { sheet } = this.chart;
    const { ruleAway, ruleUp, snapshot, snapshotAway } = button.dataset;
    const rules = [...sheet.settings.rules];
    if (ruleAway !== undefined) rules.splice(Number(ruleAway), 1);
    if (ruleUp !== undefined) rules.splice(Number(ruleUp) - 1, 0, ...rules.splice(Number(ruleUp), 1));
    if (ruleAway !== undefined || ruleUp !== undefined) {
      sheet.set({ rules });
      this.chart.draw();
    }
    if (snapshotAway !== undefined) {
      sheet.snapshots(sheet.settings.snapshots.filter((_, place) => place !== Number(snapshotAway)));
      this.chart.draw();
    } else if (snapshot !== undefined) this.step(sheet.settings.snapshots[Number(snapshot)]);
  }

  private ruleRow(rule: Rule, place: number, all: number): HTMLElement {
    const { wording, sheet } = this.chart;
    const name = rule.about === "schema" ? wording.say("kind") : wording.say(rule.about) || (sheet.words.get(rule.about) ?? rule.about);
    const kind = [...sheet.items.values()].find(({ schema }) => rule.about === "schema" && schema === rule.value)?.kind;
    const words = `${name} ${wording.say(`is_${rule.comparison}`)} ${kind ?? rule.value}`.trim();
    const row = document.createElement("li");
    row.className = "chart-rule";
    const sample = document.createElement("span");
    sample.className = `chart-sample chart-sample-rule-${rule.effect}`;
    if (rule.effect === "colour" || rule.effect === "border") sample.dataset["ink"] = rule.with;
    else sample.textContent = rule.effect === "badge" ? rule.with : "×1.5";
    const text = document.createElement("span");
    text.textContent = words;
    row.append(sample, text);
    if (place > 0 && all > 1) row.append(this.small("arrow-up", `${wording.say("earlier")}: ${words}`, "ruleUp", place));
    row.append(this.small("x", `${wording.say("take_away")}: ${words}`, "ruleAway", place));
    return row;
  }

  private snap(): void {
    const field = this.chart.piece<HTMLInputElement>("snapshot-name");
    const name = field.value.trim() || `${this.chart.sheet.settings.snapshots.length + 1}`;
    const made: Snapshot = {
      name,
      shown: this.chart.sheet.shown.map(({ key }) => key),
      selected: [...this.chart.chosen],
      camera: this.chart.canvas.view(),
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
    row.append(button, this.small("x", `${this.chart.wording.say("take_away")}: ${name}`, "snapshotAway", place));
    return row;
  }

  private small(icon: string, label: string, name: string, place: number): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chart-row-act";
    button.dataset[name] = String(place);
    button.setAttribute("aria-label", label);
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${this.chart.dataset["icons"] ?? ""}#${icon}`);
    svg.append(use);
    button.append(svg);
    return button;
  }
}
