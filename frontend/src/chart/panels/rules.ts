/** The rules of drawing: made, ordered, taken away, and taken over from another chart. */
import type { Chart } from "../host.ts";
import type { Comparison, Effect, Rule } from "../model.ts";
import { offerProperties } from "./properties.ts";
import { ruleWords, sampleOf } from "./rule-words.ts";
import { refill, smallButton } from "./small.ts";

/** The rules of another chart, with the version under whose marking they stand. */
interface Offered {
  chart: string;
  version: number;
  name: string;
  owner: string;
  rules: Rule[];
}

const MOST = 40;
/** Of so many versions of other charts one keeps words, and their markings. */
const MOST_MERGED = 200;
const MOST_VALUES = 60;

export class RulePanel {
  private offered: Offered[] = [];

  constructor(private readonly chart: Chart) {
    const panel = chart.piece("rule-part");
    panel.addEventListener("change", () => this.fields());
    panel.addEventListener("click", (event) => this.clicked(event));
    chart.piece("rules-from").addEventListener("focus", () => void this.ask(), { once: true });
  }

  show(): void {
    const { rules } = this.chart.sheet.settings;
    refill(this.chart.piece("rules"), rules.map((rule, place) => this.row(rule, place, rules.length)));
    offerProperties(this.select("rule-about"), this.chart.sheet);
    this.units();
    this.fields();
  }

  act(act: string): void {
    if (act === "add-rule") this.add();
    if (act === "take-rules") void this.take();
  }

  private select(name: string): HTMLSelectElement {
    return this.chart.piece<HTMLSelectElement>(name);
  }

  private get about(): { of: "items" | "links"; about: string } {
    const [first = "", second] = this.select("rule-about").value.split(":");
    return second === undefined ? { of: "items", about: first } : { of: "links", about: second };
  }

  /** The amounts that something here carries: each may be ruled by. */
  private units(): void {
    const { sheet } = this.chart;
    const units = new Set([...sheet.links.values(), ...sheet.items.values()].flatMap(({ amounts }) => Object.keys(amounts)));
    const select = this.select("rule-about");
    const before = select.value;
    for (const group of select.querySelectorAll<HTMLElement>("[data-units]")) {
      group.replaceChildren(...[...units].sort().map((unit) => new Option(this.chart.wording.say(`links_${unit}`) || `${this.chart.wording.say("amounts")}, ${unit}`, `${group.dataset["units"] ?? ""}${unit}`)));
    }
    select.value = before;
    if (select.selectedIndex < 0) select.selectedIndex = 0;
  }

  /** What may be said of the chosen property, and only the effects that it can have. */
  private fields(): void {
    const { of } = this.about;
    const effect = this.select("rule-effect");
    for (const option of effect.options) option.hidden = option.disabled = !(option.dataset["of"] ?? "").includes(of);
    if (effect.selectedOptions[0]?.disabled) effect.value = "colour";
    const list = this.chart.piece("rule-values");
    list.replaceChildren(...[...this.values()].slice(0, MOST_VALUES).map(([value, label]) => new Option(label, value)));
    for (const line of this.chart.querySelectorAll<HTMLElement>("[data-effects]")) line.hidden = !(line.dataset["effects"] ?? "").split(" ").includes(effect.value);
    this.chart.piece<HTMLInputElement>("rule-value").disabled = this.select("rule-comparison").value === "any";
  }

  private values(): Map<string, string> {
    const { sheet, wording } = this.chart;
    const { of, about } = this.about;
    if (of === "links") {
      if (about === "certainty") return new Map(["confirmed", "unconfirmed", "tentative"].map((one) => [one, wording.say(one)]));
      return new Map(about === "kind" ? sheet.shownLinks().map(({ kind, label }) => [kind, sheet.words.get(kind) ?? label]) : []);
    }
    const items = sheet.shown.map(({ key }) => sheet.items.get(key)).filter((item) => item !== undefined);
    if (about === "schema") return new Map(items.map(({ schema, kind }) => [schema, kind]));
    return new Map(items.flatMap((item) => (item.facts[about] ?? []).map((value): [string, string] => [value, sheet.said.get(`${item.schema}:${about}`)?.get(value) ?? ""])));
  }

  private add(): void {
    const { sheet } = this.chart;
    const effect = this.select("rule-effect").value as Effect;
    const rule: Rule = {
      ...this.about,
      comparison: this.select("rule-comparison").value as Comparison,
      value: this.chart.piece<HTMLInputElement>("rule-value").value.trim(),
      effect,
      with: this.how(effect),
    };
    if (rule.comparison === "any") rule.value = "";
    else if (!rule.value) return this.chart.piece("rule-value").focus();
    if (sheet.settings.rules.length >= MOST) return this.chart.say(this.chart.wording.say("rules_full"));
    sheet.set({ rules: [...sheet.settings.rules, rule] });
    this.chart.piece<HTMLInputElement>("rule-value").value = "";
    this.chart.draw();
  }

  private how(effect: Effect): string {
    if (effect === "badge") return this.chart.piece<HTMLInputElement>("rule-badge").value.trim() || "!";
    if (effect === "size") return this.select("rule-times").value;
    if (effect === "as") return this.select("rule-as").value;
    if (effect === "dash") return "dashdot";
    return this.chart.querySelector<HTMLInputElement>('input[name="rule-ink"]:checked')?.value ?? "chart-1";
  }

  private clicked(event: Event): void {
    const button = (event.target as Element).closest<HTMLElement>("[data-rule-away], [data-rule-up], [data-rule-down]");
    if (!button) return;
    const { ruleAway, ruleUp, ruleDown } = button.dataset;
    const rules = [...this.chart.sheet.settings.rules];
    const from = Number(ruleAway ?? ruleUp ?? ruleDown);
    const taken = rules.splice(from, 1);
    if (ruleAway === undefined) rules.splice(from + (ruleUp === undefined ? 1 : -1), 0, ...taken);
    this.chart.sheet.set({ rules });
    this.chart.draw();
  }

  private row(rule: Rule, place: number, all: number): HTMLElement {
    const { wording, sheet } = this.chart;
    const words = ruleWords(rule, sheet, wording);
    const row = document.createElement("li");
    row.className = "chart-rule";
    const text = document.createElement("span");
    text.textContent = words;
    row.append(sampleOf(rule), text);
    if (place > 0) row.append(smallButton("arrow-up", `${wording.say("earlier")}: ${words}`, "ruleUp", place));
    if (place < all - 1) row.append(smallButton("arrow-down", `${wording.say("later")}: ${words}`, "ruleDown", place));
    row.append(smallButton("x", `${wording.say("take_away")}: ${words}`, "ruleAway", place));
    return row;
  }

  /** Fetch the rules of other charts, once they are wanted. */
  private async ask(): Promise<void> {
    await this.chart.tried(async () => {
      this.offered = (await this.chart.server.rules<{ charts: Offered[] }>()).charts;
      const options = this.offered.map(({ name, owner, rules }, place) => new Option(`${name} · ${owner} · ${this.chart.wording.count("rules", rules.length)}`, String(place)));
      this.select("rules-from").append(...options);
      if (!options.length) this.chart.say(this.chart.wording.say("no_rules"));
    });
  }

  /** Take over the rules of another chart, behind one's own; they keep the marking under which they stood. */
  private async take(): Promise<void> {
    const from = this.offered[Number(this.select("rules-from").value || NaN)];
    if (!from) return this.select("rules-from").focus();
    const { sheet, wording } = this.chart;
    const { rules, merged } = sheet.settings;
    const known = new Set(rules.map((rule) => JSON.stringify(parts(rule))));
    const fresh = from.rules.filter((rule) => !known.has(JSON.stringify(parts(rule)))).slice(0, MOST - rules.length);
    const isHeld = merged.some(({ chart, version }) => chart === from.chart && version === from.version);
    if (fresh.length && !isHeld && merged.length >= MOST_MERGED) return this.chart.say(wording.say("merged_full"));
    const under = isHeld ? merged : [...merged, { chart: from.chart, version: from.version }];
    if (fresh.length) sheet.set({ rules: [...rules, ...fresh], merged: under });
    this.chart.draw();
    this.chart.say(wording.count("rules_taken", fresh.length));
  }
}

function parts({ of, about, comparison, value, effect, with: how }: Rule): string[] {
  return [of ?? "items", about, comparison, value, effect, how];
}
