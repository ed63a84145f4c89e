/**
 * Finds in a long list by typing, in any script and by any spelling that an option carries.
 *
 * `[data-combobox]` holds a `<select>`, of which one option is chosen, or boxes to tick, of which several
 * are. They stay the form's value and are what works without this. Pattern: the ARIA combobox with a list
 * popup; arrows move, Enter takes, Escape goes back, Backspace in an empty field takes the last one out.
 */
import { fold } from "./fold.ts";
import { announce, icon } from "./page.ts";

export function enhanceComboboxes(root: ParentNode): void {
  for (const place of root.querySelectorAll<HTMLElement>("[data-combobox]")) {
    if (place.querySelector("[role=combobox]")) continue;
    const select = place.querySelector("select");
    const boxes = place.querySelector<HTMLElement>(".checks");
    if (select && !select.disabled) new Combobox(place, new Listed(select));
    else if (boxes && !boxes.querySelector("input:disabled")) new Combobox(place, new Ticked(place, boxes));
  }
}

interface Offer {
  value: string;
  label: string;
  words: string;
  group: string;
  icon: string;
}

/** What a combobox chooses from. */
interface Source {
  /** The control whose id, name and description the field takes over. */
  readonly labelled: HTMLElement;
  offers(): Offer[];
  chosen(): string;
  /** What the field shows while nobody types in it. */
  shown(): string;
  /** The icon of what the field shows; empty without one. */
  sign(): string;
  placeholder(): string;
  choose(value: string): void;
  /** Nothing is typed and the field is left: whether that means nothing is chosen. */
  clear(): boolean;
  takeBack(): void;
  follow(changed: () => void): void;
}

function changed(control: HTMLElement): void {
  control.dispatchEvent(new Event("input", { bubbles: true }));
  control.dispatchEvent(new Event("change", { bubbles: true }));
}

/** One of the options of a `<select>`. */
class Listed implements Source {
  readonly labelled: HTMLElement;

  constructor(private readonly select: HTMLSelectElement) {
    this.labelled = select;
    select.hidden = true;
  }

  offers(): Offer[] {
    return [...this.select.options]
      .filter((one) => one.value && !one.disabled)
      .map((one) => ({
        value: one.value,
        label: one.text,
        words: one.dataset["words"] ?? "",
        group: one.parentElement instanceof HTMLOptGroupElement ? one.parentElement.label : "",
        icon: one.dataset["icon"] ?? "",
      }));
  }

  chosen(): string {
    return this.select.value;
  }

  shown(): string {
    return this.select.selectedOptions[0]?.value ? (this.select.selectedOptions[0].textContent ?? "").trim() : "";
  }

  sign(): string {
    return this.select.selectedOptions[0]?.dataset["icon"] ?? "";
  }

  placeholder(): string {
    return this.select.options[0]?.value === "" ? this.select.options[0].text : "";
  }

  choose(value: string): void {
    this.select.value = value;
    changed(this.select);
  }

  clear(): boolean {
    if (![...this.select.options].some((one) => one.value === "")) return false;
    if (this.select.value) this.choose("");
    return true;
  }

  takeBack(): void {
    // what is chosen is taken back by emptying the field
  }

  follow(changed: () => void): void {
    this.select.addEventListener("change", changed);
  }
}

/** Several of some boxes: those that are ticked stand as tags before the field. */
class Ticked implements Source {
  readonly labelled: HTMLElement;
  private readonly tags = document.createElement("ul");

  constructor(
    private readonly place: HTMLElement,
    private readonly boxes: HTMLElement,
  ) {
    this.labelled = boxes.querySelector("input") ?? boxes;
    boxes.hidden = true;
    this.tags.className = "picks-chosen";
    place.prepend(this.tags);
    this.draw();
    boxes.addEventListener("change", () => this.draw());
    this.tags.addEventListener("click", (event) => {
      const tag = (event.target as Element).closest<HTMLElement>("[data-value]");
      if (!tag) return;
      this.tick(tag.dataset["value"] ?? "", false);
      place.querySelector<HTMLElement>("[role=combobox]")?.focus();
    });
  }

  private inputs(): HTMLInputElement[] {
    return [...this.boxes.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
  }

  private label(box: HTMLInputElement): string {
    return box.closest("label")?.querySelector("span")?.firstChild?.textContent?.trim() ?? box.value;
  }

  private tick(value: string, on: boolean): void {
    const box = this.inputs().find((one) => one.value === value);
    if (!box || box.checked === on) return;
    box.checked = on;
    changed(box);
  }

  private draw(): void {
    this.tags.replaceChildren(
      ...this.inputs()
        .filter((one) => one.checked)
        .map((one) => {
          const row = document.createElement("li");
          const button = document.createElement("button");
          button.type = "button";
          button.className = "picks-tag";
          button.dataset["value"] = one.value;
          button.textContent = this.label(one);
          button.setAttribute("aria-label", `${this.place.dataset["remove"] ?? ""}: ${this.label(one)}`);
          row.append(button);
          return row;
        }),
    );
    this.tags.hidden = !this.tags.childElementCount;
  }

  offers(): Offer[] {
    return this.inputs()
      .filter((one) => !one.checked)
      .map((one) => ({ value: one.value, label: this.label(one), words: one.dataset["words"] ?? "", group: "", icon: "" }));
  }

  chosen(): string {
    return "";
  }

  shown(): string {
    return "";
  }

  sign(): string {
    return "";
  }

  placeholder(): string {
    return this.place.dataset["placeholder"] ?? "";
  }

  choose(value: string): void {
    this.tick(value, true);
  }

  clear(): boolean {
    return true;
  }

  takeBack(): void {
    const last = this.inputs().filter((one) => one.checked).pop();
    if (last) this.tick(last.value, false);
  }

  follow(changed: () => void): void {
    this.boxes.addEventListener("change", changed);
  }
}

/** The other ways to write what the lists offer, by the address from which they come. */
const lists = new Map<string, { words: Map<string, string>; come: Promise<void> | null }>();

/** Ask for the words of a list, once in the life of a page; without them labels alone are compared. */
function askForWords(url: string): void {
  if (lists.has(url)) return;
  const list = { words: new Map<string, string>(), come: null as Promise<void> | null };
  lists.set(url, list);
  list.come = fetch(url)
    .then(async (answer) => {
      if (answer.ok) list.words = new Map(Object.entries((await answer.json()) as Record<string, string>));
    })
    .catch(() => undefined)
    .finally(() => (list.come = null));
}

/** How well an offer fits what is typed, 0 the best; -1 where it does not. */
function fit(offer: Offer, wanted: string): number {
  const label = fold(offer.label);
  const all = `${label} ${fold(offer.words)} ${fold(offer.value)}`;
  if (!wanted.split(" ").every((one) => all.includes(one))) return -1;
  if (label.startsWith(wanted)) return 0;
  if (` ${label}`.includes(` ${wanted}`)) return 1;
  return ` ${all}`.includes(` ${wanted}`) ? 2 : 3;
}

class Combobox {
  private readonly input = document.createElement("input");
  private readonly list = document.createElement("div");
  private active = -1;

  constructor(
    private readonly place: HTMLElement,
    private readonly source: Source,
  ) {
    const { input, list } = this;
    const { labelled } = source;
    input.type = "text";
    input.id = labelled.id;
    input.autocomplete = "off";
    input.spellcheck = false;
    for (const { name, value } of [...labelled.attributes]) {
      if (name.startsWith("aria-")) input.setAttribute(name, value);
    }
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    const named = this.name();
    if (labelled instanceof HTMLInputElement) input.setAttribute("aria-label", named);
    list.id = `${labelled.id}-list`;
    list.className = "combobox-list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", named);
    list.hidden = true;
    input.setAttribute("aria-controls", list.id);
    labelled.id = `${labelled.id}-value`;
    this.showChosen();
    if (labelled instanceof HTMLInputElement) place.append(input);
    else place.prepend(input);
    place.append(list);
    input.addEventListener("input", (event) => {
      // What is typed to find something is no part of the form.
      event.stopPropagation();
      this.open(input.value);
    });
    input.addEventListener("change", (event) => event.stopPropagation());
    input.addEventListener("click", () => this.open(""));
    input.addEventListener("focus", () => input.select());
    input.addEventListener("blur", () => this.leave());
    input.addEventListener("keydown", (event) => this.key(event));
    list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const option = (event.target as Element).closest<HTMLElement>("[data-value]");
      if (option) this.choose(option.dataset["value"] ?? "");
    });
    source.follow(() => this.showChosen());
    const url = place.dataset["wordsUrl"];
    if (url) askForWords(url);
  }

  private name(): string {
    const { labelled } = this.source;
    const label = document.querySelector(`label[for="${CSS.escape(labelled.id)}"]`);
    const said = labelled instanceof HTMLInputElement ? this.place.closest("fieldset")?.querySelector("legend") : label;
    return said?.firstChild?.textContent?.trim() ?? "";
  }

  private showChosen(): void {
    this.input.value = this.source.shown();
    this.place.querySelector(":scope > .icon")?.remove();
    const sign = this.source.sign();
    if (sign) this.place.prepend(icon(sign));
    this.input.placeholder = this.source.placeholder();
  }

  private options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  private open(typed: string): void {
    const wanted = fold(typed);
    const more = this.words()?.words;
    const all = this.source.offers().map((one) => ({ ...one, words: `${one.words} ${more?.get(one.value) ?? ""}` }));
    const fitting = all
      .map((offer) => ({ offer, rank: wanted ? fit(offer, wanted) : 0 }))
      .filter(({ rank }) => rank >= 0)
      .sort((one, other) => one.rank - other.rank);
    this.list.replaceChildren();
    let group = "";
    fitting.forEach(({ offer }, place) => {
      if (!wanted && offer.group && offer.group !== group) {
        group = offer.group;
        this.list.append(line("combobox-group", group));
      }
      const row = line("combobox-option", offer.label);
      row.id = `${this.list.id}-${place}`;
      row.dataset["value"] = offer.value;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
      if (offer.icon) row.prepend(icon(offer.icon));
      this.list.append(row);
    });
    if (!fitting.length) this.list.append(line("combobox-none", this.place.dataset["empty"] ?? ""));
    if (wanted) this.announceFound(fitting.length, all.length);
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    const chosen = this.source.chosen();
    this.mark(wanted ? 0 : fitting.findIndex(({ offer }) => offer.value === chosen));
  }

  private words(): { words: Map<string, string>; come: Promise<void> | null } | undefined {
    return lists.get(this.place.dataset["wordsUrl"] ?? "");
  }

  /** Do something with what is typed, after the words of the list have come and it was looked for again. */
  private afterWords(act: () => void): boolean {
    const come = this.words()?.come;
    const typed = this.input.value;
    if (!come || !typed.trim()) return false;
    void come.then(() => {
      if (this.input.value !== typed) return;
      this.open(typed);
      act();
    });
    return true;
  }

  private announceFound(found: number, all: number): void {
    const words = found ? (this.place.dataset["found"] ?? "") : (this.place.dataset["empty"] ?? "");
    announce(words.replace("{n}", String(found)).replace("{all}", String(all)));
  }

  private mark(at: number): void {
    const options = this.options();
    this.active = options.length ? Math.max(-1, Math.min(at, options.length - 1)) : -1;
    options.forEach((one, place) => one.setAttribute("aria-selected", String(place === this.active)));
    const marked = options[this.active];
    if (marked) {
      this.input.setAttribute("aria-activedescendant", marked.id);
      marked.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  /** Choose what is marked; whether anything is. */
  private take(): boolean {
    const marked = this.options()[this.active];
    if (marked) this.choose(marked.dataset["value"] ?? "");
    return marked !== undefined;
  }

  private choose(value: string): void {
    this.close();
    this.source.choose(value);
    this.showChosen();
  }

  /** Leaving with something typed takes the marked option, with nothing typed clears, else goes back. */
  private leave(): void {
    if (this.input.value !== this.source.shown() && this.afterWords(() => this.leave())) return this.close();
    const shown = !this.list.hidden;
    const marked = this.options()[this.active];
    this.close();
    if (!this.input.value.trim() && this.source.clear()) return this.showChosen();
    if (shown && marked && this.input.value !== this.source.shown()) this.choose(marked.dataset["value"] ?? "");
    else this.showChosen();
  }

  private key(event: KeyboardEvent): void {
    const shown = !this.list.hidden;
    if (event.altKey && event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !event.shiftKey) {
      event.preventDefault();
      if (!shown) this.open("");
      else this.mark(this.active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && shown && !event.ctrlKey) {
      if (this.afterWords(() => this.take())) return event.preventDefault();
      if (this.take()) event.preventDefault();
    } else if (event.key === "Escape" && shown) {
      event.preventDefault();
      this.showChosen();
      this.close();
    } else if (event.key === "Backspace" && !this.input.value) this.source.takeBack();
  }
}

function line(name: string, text: string): HTMLElement {
  const made = document.createElement("div");
  made.className = name;
  made.textContent = text;
  return made;
}
