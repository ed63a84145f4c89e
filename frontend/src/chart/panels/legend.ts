/** One line that says what lines, sizes and colours mean, made from what is drawn. */
import type { Looks } from "../drawing/looks.ts";
import type { Sheet } from "../sheet.ts";
import type { Wording } from "../wording.ts";

export class Legend {
  constructor(
    private readonly place: HTMLElement,
    private readonly wording: Wording,
  ) {}

  show(sheet: Sheet, looks: Looks, hasPath: boolean): void {
    const rows: HTMLElement[] = [];
    if (hasPath) rows.push(this.row("line-path", this.wording.say("path")));
    for (const certainty of ["confirmed", "unconfirmed", "tentative"] as const) {
      if (looks.edges.some((one) => one.certainty === certainty)) rows.push(this.row(`line-${certainty}`, this.wording.say(certainty)));
    }
    const { sized, coloured, rules } = sheet.settings;
    if (sized !== "same") rows.push(this.row("size", this.wording.fill("sized", { measure: this.wording.say(sized) })));
    if (coloured === "community" || coloured === "component") rows.push(this.row("group", this.wording.say(coloured)));
    else if (coloured !== "none") rows.push(this.row("shade", this.wording.fill("shaded", { measure: this.wording.say(coloured) })));
    for (const rule of rules) {
      const mark = this.row(`rule-${rule.effect}`, rule.about === "schema" ? (this.kindOf(sheet, rule.value) ?? rule.value) : this.ruleWords(sheet, rule));
      const sample = mark.firstElementChild as HTMLElement;
      if (rule.effect === "colour" || rule.effect === "border") sample.dataset["ink"] = rule.with;
      else sample.textContent = rule.effect === "badge" ? rule.with : `×${rule.with}`;
      rows.push(mark);
    }
    this.place.replaceChildren(...rows);
  }

  private kindOf(sheet: Sheet, schema: string): string | undefined {
    return [...sheet.items.values()].find((item) => item.schema === schema)?.kind;
  }

  private ruleWords(sheet: Sheet, { about, comparison, value }: { about: string; comparison: string; value: string }): string {
    const name = this.wording.say(about) || (sheet.words.get(about) ?? about);
    return `${name} ${this.wording.say(`is_${comparison}`)} ${value}`.trim();
  }

  private row(kind: string, words: string): HTMLElement {
    const row = document.createElement("li");
    const sample = document.createElement("span");
    sample.className = `chart-sample chart-sample-${kind}`;
    sample.setAttribute("aria-hidden", "true");
    row.append(sample, words);
    return row;
  }
}
