/** What is said of what is selected, with who says it; else all items, to be found by name. */
import type { Link } from "../model.ts";
import type { Sheet } from "../sheet.ts";
import type { Wording } from "../wording.ts";
import type { Filed, Source, Told } from "./filed.ts";

const MOST_LISTED = 200;

/** An element with a class, holding texts and elements: what is said is text, whatever it looks like. */
export function made<Name extends keyof HTMLElementTagNameMap>(name: Name, kind: string, ...inside: (Node | string)[]): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = kind;
  element.append(...inside);
  return element;
}

export class Panel {
  readonly place = made("div", "file-panel");

  constructor(
    private readonly filed: Filed,
    private readonly wording: Wording,
    private readonly sheet: Sheet,
    private readonly chosen: (key: string) => void,
  ) {
    this.place.tabIndex = 0;
  }

  /** The items whose names, or what is said of them, hold some words. */
  list(words: string): void {
    const wanted = words.trim().toLocaleLowerCase();
    const found = this.sheet.shown.map(({ key }) => this.sheet.items.get(key)).filter((item) => item !== undefined);
    const rows = found
      .filter(({ name, kind, facts }) => [name, kind, ...Object.values(facts).flat()].some((one) => one.toLocaleLowerCase().includes(wanted)))
      .sort((one, other) => one.name.localeCompare(other.name));
    const list = made("ul", "file-list", ...rows.slice(0, MOST_LISTED).map(({ key, name, kind }) => {
      const button = made("button", "", name, made("span", "dim", kind));
      button.addEventListener("click", () => this.chosen(key));
      return made("li", "", button);
    }));
    const more = rows.length > MOST_LISTED ? [made("p", "dim", this.wording.count("more", rows.length - MOST_LISTED))] : [];
    this.place.replaceChildren(list, ...more);
  }

  item(key: string): void {
    const item = this.sheet.items.get(key);
    const note = this.sheet.placed.get(key)?.note;
    this.show(item?.name ?? "", item?.kind ?? "", this.filed.items[key] ?? [], note ? [made("p", "file-note", note)] : []);
  }

  link({ begin, end, label }: Link): void {
    const names = [begin, end].map((key) => this.sheet.items.get(key)?.name ?? "").join(" – ");
    this.show(names, label, this.filed.links[[begin, end].sort().join(" ")] ?? [], []);
  }

  private show(name: string, kind: string, told: readonly Told[], after: Node[]): void {
    const back = made("button", "file-back", this.wording.say("file_list"));
    back.addEventListener("click", () => this.list(""));
    this.place.replaceChildren(back, made("h2", "", name), made("p", "dim", kind), ...told.map((one) => this.told(one)), ...after);
  }

  private told({ label, values }: Told): HTMLElement {
    return made("section", "file-fact", made("h3", "", label), ...values.map(({ words, sources }) => made("details", "", made("summary", "", words, made("span", "dim", ` ${gradesOf(sources)}`)), ...sources.map(source))));
  }
}

function gradesOf(sources: readonly Source[]): string {
  return [...new Set(sources.map(({ grade }) => grade).filter(Boolean))].join(", ");
}

function source({ office, title, at, original, grade, marking }: Source): HTMLElement {
  const who = [office, title, at, grade].filter(Boolean).join(" · ");
  return made("p", "file-source", ...(original ? [made("q", "", original), " "] : []), who, made("span", "dim", marking));
}
