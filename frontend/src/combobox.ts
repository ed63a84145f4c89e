/**
 * Narrows a long list by typing, in any script and by any spelling that an option carries.
 *
 * The `<select>` stays the form's value and is what works without this. Pattern: the ARIA combobox
 * with a list popup.
 */
export function enhanceComboboxes(root: ParentNode): void {
  for (const place of root.querySelectorAll<HTMLElement>("[data-combobox]")) {
    const select = place.querySelector("select");
    if (select && !select.disabled && !place.querySelector("[role=combobox]")) {
      new Combobox(place, select);
    }
  }
}

/** One form for comparing: no case, no marks, no apostrophes. */
function plain(text: string): string {
  return text
    .toLocaleLowerCase()
    .normalize("NFKD")
    .replace(/[\p{M}'’ʻʼ`-]/gu, "");
}

class Combobox {
  private readonly input = document.createElement("input");
  private readonly list = document.createElement("div");
  private active = -1;

  constructor(
    private readonly place: HTMLElement,
    private readonly select: HTMLSelectElement,
  ) {
    const { input, list } = this;
    input.type = "text";
    input.id = select.id;
    input.autocomplete = "off";
    input.spellcheck = false;
    for (const { name, value } of [...select.attributes]) {
      if (name.startsWith("aria-")) input.setAttribute(name, value);
    }
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    list.id = `${select.id}-list`;
    list.className = "combobox-list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", document.querySelector(`label[for="${CSS.escape(select.id)}"]`)?.textContent?.trim() ?? "");
    list.hidden = true;
    input.setAttribute("aria-controls", list.id);
    select.id = `${select.id}-value`;
    select.hidden = true;
    this.showChosen();
    place.prepend(input);
    place.append(list);
    input.addEventListener("input", () => this.open(input.value));
    input.addEventListener("click", () => this.open(""));
    input.addEventListener("focus", () => input.select());
    input.addEventListener("blur", () => this.leave());
    input.addEventListener("keydown", (event) => this.key(event));
    list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const option = (event.target as Element).closest<HTMLElement>("[data-value]");
      if (option) this.choose(option.dataset["value"] ?? "");
    });
    select.addEventListener("change", () => this.showChosen());
  }

  private showChosen(): void {
    this.input.value = this.select.selectedOptions[0]?.value
      ? (this.select.selectedOptions[0].textContent ?? "").trim()
      : "";
    this.input.placeholder = this.select.options[0]?.value === "" ? this.select.options[0].text : "";
  }

  private options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  private open(typed: string): void {
    const wanted = plain(typed.trim());
    this.list.replaceChildren();
    let group = "";
    for (const option of this.select.options) {
      if (!option.value || option.disabled) continue;
      const known = plain(`${option.text} ${option.dataset["words"] ?? ""} ${option.value}`);
      if (wanted && !known.includes(wanted)) continue;
      const heading = option.parentElement instanceof HTMLOptGroupElement ? option.parentElement.label : "";
      if (heading && heading !== group) {
        group = heading;
        this.list.append(line("combobox-group", heading));
      }
      const row = line("combobox-option", option.text);
      row.id = `${this.list.id}-${option.index}`;
      row.dataset["value"] = option.value;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
      this.list.append(row);
    }
    if (!this.options().length) {
      this.list.append(line("combobox-none", this.place.dataset["empty"] ?? ""));
    }
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark(wanted ? 0 : this.options().findIndex((one) => one.dataset["value"] === this.select.value));
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

  private choose(value: string): void {
    this.select.value = value;
    this.close();
    this.select.dispatchEvent(new Event("input", { bubbles: true }));
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Leaving with something typed takes the marked option, with nothing typed clears, else goes back. */
  private leave(): void {
    const shown = !this.list.hidden;
    const marked = this.options()[this.active];
    this.close();
    const blank = [...this.select.options].some((one) => one.value === "");
    if (!this.input.value.trim() && blank) this.choose("");
    else if (shown && marked && this.input.value !== this.select.selectedOptions[0]?.text) {
      this.choose(marked.dataset["value"] ?? "");
    } else this.showChosen();
  }

  private key(event: KeyboardEvent): void {
    const shown = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!shown) this.open("");
      else this.mark(this.active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && shown && !event.ctrlKey) {
      const marked = this.options()[this.active];
      if (!marked) return;
      event.preventDefault();
      this.choose(marked.dataset["value"] ?? "");
    } else if (event.key === "Escape" && shown) {
      event.preventDefault();
      this.showChosen();
      this.close();
    }
  }
}

function line(name: string, text: string): HTMLElement {
  const made = document.createElement("div");
  made.className = name;
  made.textContent = text;
  return made;
}
