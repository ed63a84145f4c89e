/** The items as a table, with what is measured; its rows are chosen, hidden and coloured as the chart's items. */
import type { Measure, Measured } from "../model.ts";
import type { Sheet } from "../sheet.ts";

type Column = "name" | "links" | "bridges" | "first" | "last" | Exclude<Measure, "degree">;

/** So many rows stand at once; the rest comes while one scrolls. */
const MOST_ROWS = 200;

interface Row {
  key: string;
  name: string;
  kind: string;
  icon: string;
  hidden: boolean;
  links: number;
  first: number | null;
  last: number | null;
}

export class Table {
  private by: Column = "betweenness";
  private down = true;
  private most = MOST_ROWS;
  private sheet: Sheet | null = null;
  private measured: Measured | null = null;
  private chosen: ReadonlySet<string> = new Set();
  private path: ReadonlySet<string> = new Set();

  constructor(
    private readonly head: HTMLElement,
    private readonly body: HTMLElement,
    private readonly icons: string,
    private readonly day: (seconds: number) => string,
    private readonly words: { hide: string; show: string },
    private readonly told: { chosen(keys: string[], more: boolean): void; hidden(key: string, hidden: boolean): void; opened(key: string): void },
  ) {
    head.addEventListener("click", (event) => this.sort(event));
    body.addEventListener("click", (event) => this.click(event));
    body.addEventListener("dblclick", (event) => this.open(event));
    body.addEventListener("keydown", (event) => this.key(event));
    body.closest(".panel-scroll")?.addEventListener("scroll", ({ target }) => {
      const place = target as HTMLElement;
      if (place.scrollTop + place.clientHeight > place.scrollHeight - 200 && this.most < (this.sheet?.placed.size ?? 0)) {
        this.most += MOST_ROWS;
        this.draw();
      }
    });
  }

  show(sheet: Sheet, measured: Measured | null, chosen: ReadonlySet<string>, path: ReadonlySet<string>): void {
    Object.assign(this, { sheet, measured, chosen, path });
    this.draw();
  }

  choose(chosen: ReadonlySet<string>): void {
    this.chosen = chosen;
    for (const row of this.body.querySelectorAll<HTMLElement>("tr")) {
      row.setAttribute("aria-selected", String(chosen.has(row.dataset["key"] ?? "")));
    }
    const [only] = chosen;
    if (chosen.size === 1) this.rowOf(only as string)?.scrollIntoView({ block: "nearest" });
  }

  private rows(): Row[] {
    const sheet = this.sheet as Sheet;
    return [...sheet.placed.values()].map(({ key, hidden }) => {
      const item = sheet.items.get(key);
      return {
        key,
        name: item?.name ?? "",
        kind: item?.kind ?? "",
        icon: item?.icon ?? "",
        hidden: hidden === true,
        links: this.measured?.values.degree.get(key) ?? 0,
        first: item?.first ?? null,
        last: item?.last ?? null,
      };
    });
  }

  private valueOf(row: Row): number | string {
    if (this.by === "name") return row.name;
    if (this.by === "links") return row.links;
    if (this.by === "first" || this.by === "last") return row[this.by] ?? -Infinity;
    return this.measured?.values[this.by].get(row.key) ?? -1;
  }

  private draw(): void {
    if (!this.sheet) return;
    const rows = this.rows().sort((one, other) => {
      const [a, b] = [this.valueOf(one), this.valueOf(other)];
      const order = typeof a === "string" ? a.localeCompare(b as string) : a - (b as number);
      return (this.down ? -order : order) || one.name.localeCompare(other.name);
    });
    const focused = (document.activeElement?.closest("tr") as HTMLElement | null)?.dataset["key"];
    this.body.replaceChildren(...rows.slice(0, this.most).map((row) => this.drawn(row)));
    if (focused) this.rowOf(focused)?.focus();
    else this.body.querySelector("tr")?.setAttribute("tabindex", "0");
    for (const column of this.head.querySelectorAll<HTMLElement>("[data-by]")) {
      const mine = column.dataset["by"] === this.by;
      const cell = column.closest("th");
      if (mine) cell?.setAttribute("aria-sort", this.down ? "descending" : "ascending");
      else cell?.removeAttribute("aria-sort");
    }
  }

  private drawn(row: Row): HTMLTableRowElement {
    const made = document.createElement("tr");
    made.dataset["key"] = row.key;
    made.tabIndex = -1;
    made.setAttribute("aria-selected", String(this.chosen.has(row.key)));
    made.classList.toggle("is-on-path", this.path.has(row.key));
    made.classList.toggle("is-hidden", row.hidden);
    const name = document.createElement("th");
    name.scope = "row";
    const said = document.createElement("span");
    said.textContent = row.name;
    name.append(this.icon(row.icon), said);
    const kind = document.createElement("td");
    kind.className = "dim";
    kind.textContent = row.kind;
    const measures = (["betweenness", "closeness", "eigenvector"] as const).map((name) => share(this.measured?.values[name].get(row.key)));
    const whole = (["core", "bridges"] as const).map((name) => String(this.measured?.values[name].get(row.key) ?? "–"));
    const numbers = [String(row.links), ...measures, ...whole].map((text) => cell(text, "num"));
    const dates = [row.first, row.last].map((at) => cell(at === null ? "–" : this.day(at), "num"));
    const doing = document.createElement("td");
    const hide = document.createElement("button");
    hide.type = "button";
    hide.className = "chart-row-act";
    hide.dataset["hide"] = "";
    hide.setAttribute("aria-label", `${row.hidden ? this.words.show : this.words.hide}: ${row.name}`);
    hide.append(this.icon(row.hidden ? "eye" : "eye-off"));
    doing.append(hide);
    made.append(name, kind, ...numbers, ...dates, doing);
    return made;
  }

  private icon(name: string): SVGSVGElement {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${this.icons}#${name}`);
    svg.append(use);
    return svg;
  }

  private rowOf(key: string): HTMLElement | null {
    return this.body.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  }

  private sort(event: Event): void {
    const by = (event.target as Element).closest<HTMLElement>("[data-by]")?.dataset["by"] as Column | undefined;
    if (!by) return;
    this.down = by === this.by ? !this.down : by !== "name";
    this.by = by;
    this.most = MOST_ROWS;
    this.draw();
  }

  private click(event: MouseEvent): void {
    const row = (event.target as Element).closest<HTMLElement>("[data-key]");
    const key = row?.dataset["key"];
    if (!key) return;
    if ((event.target as Element).closest("[data-hide]")) this.told.hidden(key, this.sheet?.isShown(key) ?? false);
    else this.told.chosen([key], event.ctrlKey || event.metaKey || event.shiftKey);
  }

  private open(event: MouseEvent): void {
    const key = (event.target as Element).closest<HTMLElement>("[data-key]")?.dataset["key"];
    if (key) this.told.opened(key);
  }

  private key(event: KeyboardEvent): void {
    const row = (event.target as Element).closest<HTMLElement>("[data-key]");
    const key = row?.dataset["key"];
    if (!row || !key || (event.target as Element).closest("button")) return;
    const next = event.key === "ArrowDown" ? row.nextElementSibling : event.key === "ArrowUp" ? row.previousElementSibling : null;
    if (next instanceof HTMLElement) {
      next.focus();
      this.told.chosen([next.dataset["key"] ?? ""], event.shiftKey);
    } else if (event.key === " ") this.told.chosen([key], true);
    else if (event.key === "Enter") this.told.opened(key);
    else return;
    event.preventDefault();
  }
}

function cell(text: string, kind: string): HTMLTableCellElement {
  const made = document.createElement("td");
  made.className = kind;
  made.textContent = text;
  return made;
}

/** A share as officers read it: .593 */
function share(value: number | undefined): string {
  if (value === undefined) return "–";
  return value >= 0.9995 ? "1.00" : value.toFixed(3).slice(1);
}
