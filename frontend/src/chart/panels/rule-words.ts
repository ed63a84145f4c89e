/** A rule in words, and the sample of what it does: the same in the legend and in the list of rules. */
import { icon } from "../../page.ts";
import type { Rule } from "../model.ts";
import type { Sheet } from "../sheet.ts";
import type { Wording } from "../wording.ts";

const STANDING: Record<string, string> = { icon: "circle-dot", picture: "photo", frame: "rectangle", line: "minus", box: "square", circle: "circle", text: "typography" };

/** “Kind is Seizure”; of links, what they are of comes first. */
export function ruleWords(rule: Rule, sheet: Sheet, wording: Wording): string {
  const { about, comparison, value } = rule;
  const ofLinks = rule.of === "links";
  const name = (ofLinks ? wording.say(`links_${about}`) : "") || wording.say(about) || (sheet.words.get(about) ?? about);
  if (about === "schema" && comparison === "is") return kindOf(sheet, value) ?? value;
  const said = about === "kind" ? (linkKind(sheet, value) ?? value) : about === "certainty" ? wording.say(value) || value : value;
  return `${name} ${wording.say(`is_${comparison}`)} ${comparison === "any" ? "" : said}`.trim();
}

/** A small picture of what a rule does. */
export function sampleOf({ effect, with: how, of }: Rule): HTMLElement {
  const isLine = of === "links";
  const sample = sampled(isLine && effect === "colour" ? "rule-line" : `rule-${effect}`);
  if (effect === "colour" || effect === "border") sample.dataset["ink"] = how;
  else if (effect === "as") sample.append(icon(STANDING[how] ?? "circle-dot"));
  else if (effect !== "dash") sample.textContent = effect === "badge" ? how : `×${how}`;
  return sample;
}

export function sampled(kind: string): HTMLElement {
  const sample = document.createElement("span");
  sample.className = `chart-sample chart-sample-${kind}`;
  return sample;
}

function kindOf(sheet: Sheet, schema: string): string | undefined {
  return [...sheet.items.values()].find((item) => item.schema === schema)?.kind;
}

function linkKind(sheet: Sheet, kind: string): string | undefined {
  return [...sheet.links.values()].find((link) => link.kind === kind)?.label;
}
