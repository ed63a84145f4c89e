/** One line that says what lines, sizes, colours and signs mean: exactly what is drawn, and nothing else. */
import { icon } from "../../page.ts";
import { AMOUNTS } from "../beneath.ts";
import type { Looks } from "../drawing/looks.ts";
import { drawnAsOne } from "../namesakes.ts";
import type { Sheet } from "../sheet.ts";
import type { Wording } from "../wording.ts";
import { ruleWords, sampleOf, sampled } from "./rule-words.ts";

export class Legend {
  constructor(
    private readonly place: HTMLElement,
    private readonly wording: Wording,
  ) {}

  show(sheet: Sheet, looks: Looks, hasPath: boolean): void {
    const { wording } = this;
    const rows: HTMLElement[] = [];
    if (hasPath) rows.push(row(sampled("line-path"), wording.say("path")));
    const dashes = new Set(looks.edges.map(({ dash }) => dash));
    for (const certainty of ["confirmed", "unconfirmed", "tentative"] as const) {
      if (dashes.has(certainty)) rows.push(row(sampled(`line-${certainty}`), wording.say(certainty)));
    }
    const { sized, coloured, rules, beneath } = sheet.settings;
    if (sized !== "same") rows.push(row(sampled("size"), wording.fill("sized", { measure: wording.say(sized) })));
    if (coloured === "community" || coloured === "component") rows.push(row(sampled("group"), wording.say(coloured)));
    else if (coloured !== "none") rows.push(row(sampled("shade"), wording.fill("shaded", { measure: wording.say(coloured) })));
    for (const rule of rules) if (looks.used.has(rule)) rows.push(row(sampleOf(rule), ruleWords(rule, sheet, wording)));
    if (sheet.shown.some(({ ink, badge, sign }) => ink || badge || sign)) rows.push(row(iconOf("pencil"), wording.say("handmade")));
    if (drawnAsOne(sheet).length) rows.push(row(iconOf("users"), wording.say("as_one")));
    const seen = new Set(looks.nodes.flatMap(({ under }) => under.map((one) => one.icon)));
    const signs = new Map(beneath.map((prop) => [prop, prop === AMOUNTS ? "weight" : (sheet.signs.get(prop) ?? "")]));
    for (const [prop, sign] of signs) if (sign && seen.has(sign)) rows.push(row(iconOf(sign), prop === AMOUNTS ? wording.say(AMOUNTS) : (sheet.words.get(prop) ?? prop)));
    this.place.replaceChildren(...rows);
  }
}

function row(sample: Element, words: string): HTMLElement {
  const made = document.createElement("li");
  sample.setAttribute("aria-hidden", "true");
  made.append(sample, words);
  return made;
}

function iconOf(name: string): HTMLElement {
  const sample = sampled("icon");
  sample.append(icon(name));
  return sample;
}
