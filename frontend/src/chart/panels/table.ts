/**
 * The chart as a table, of its items, its links or its groups; its rows are chosen, hidden and lifted out as on the chart.
 *
 * With Shift a row is selected with all up to it, with Ctrl or Space one more; what is done then is done to all of
 * them, as one step.
 */
import { icon, language } from "../../page.ts";
import type { Drawing } from "../drawing/undrawn.ts";
import type { Placed } from "../model.ts";
import { offerProperties } from "./properties.ts";
import { factOf, type Known, type Of, type Row, rowsOf, says, sorted } from "./table-rows.ts";

/** So many rows stand at once; the rest comes while one scrolls. */
const MOST_ROWS = 60;
const SETTLE_MS = 150;
const MOST_COLUMNS = 8;
const FIRST_BY: Record<Of, string> = { items: "betweenness", links: "since", groups: "count" };
const COUNTED: Record<Of, string> = { items: "of_items", links: "of_links", groups: "of_groups" };
type Does = readonly (readonly [act: string, icon: string, word: string])[];
/** What is done to a row: by which act, with which icon, by the name of its word; one that is not shown is shown first. */
const DOES: Record<Of, { shown: Does; hidden: Does }> = {
  items: { shown: [["hide", "eye-off", "row_hide"], ["only", "filter", "row_only"], ["group", "package", "row_group"]], hidden: [["show", "eye", "row_show"]] },
  links: { shown: [["ends", "circle-dashed", "row_ends"], ["only", "filter", "row_only_links"]], hidden: [["show", "eye", "row_show"]] },
  groups: { shown: [["hide", "eye-off", "row_hide"], ["only", "filter", "row_only_groups"], ["group", "package", "row_group_groups"]], hidden: [] },
};

/** What the table asks of the chart. */
export interface Host extends Known {
  piece<T extends HTMLElement>(name: string): T;
  readonly canvas: Drawing;
  readonly chosen: ReadonlySet<string>;
  readonly link: string;
  readonly path: { items: ReadonlySet<string>; links: ReadonlySet<string> };
  choose(keys: Iterable<string>, more?: boolean): void;
  chooseLink(key: string): void;
  hide(keys: Iterable<string>, hidden: boolean): void;
  only(keys: string[]): void;
  collapse(keys: string[]): void;
  edit(keys: Iterable<string>, made: Partial<Placed>): void;
  say(words: string): void;
  draw(): void;
  /** Something shows this measure from now on. */
  want(measure: string): void;
}

export class Table {
  private of: Of = "items";
  private by = FIRST_BY.items;
  private down = true;
  private most = MOST_ROWS;
  private rows: Row[] = [];
  /** From where Shift selects. */
  private anchor = "";
  /** The items to which the table is narrowed: those that were selected then. */
  private narrowed: ReadonlySet<string> | null = null;
  /** Whether what is selected is being selected here. */
  private isChoosing = false;
  private waiting: number | undefined;
  private readonly place: HTMLElement;
  private readonly body: HTMLElement;
  private readonly filter: HTMLInputElement;
  private readonly narrow: HTMLElement;
  private readonly columns: HTMLSelectElement;

  constructor(private readonly host: Host) {
    this.place = host.piece("table");
    this.body = host.piece("table-body");
    this.filter = host.piece<HTMLInputElement>("table-filter");
    this.narrow = host.piece("table-chosen-only");
    this.narrow.addEventListener("click", () => this.narrowTo(this.narrowed ? null : host.chosen));
    this.columns = host.piece<HTMLSelectElement>("table-columns");
    this.columns.addEventListener("change", () => this.turn(this.columns.value));
    this.place.addEventListener("click", (event) => this.sort(event));
    this.body.addEventListener("click", (event) => this.click(event));
    this.body.addEventListener("mousedown", (event) => event.shiftKey && event.preventDefault());
    this.body.addEventListener("dblclick", (event) => this.open(this.rowAt(event)));
    this.body.addEventListener("keydown", (event) => this.key(event));
    this.filter.addEventListener("input", () => {
      window.clearTimeout(this.waiting);
      this.waiting = window.setTimeout(() => this.begin(), SETTLE_MS);
    });
    for (const button of this.buttons()) button.addEventListener("click", () => this.switch(button.dataset["tableOf"] as Of));
    this.body.closest(".panel-scroll")?.addEventListener("scroll", ({ target }) => {
      const place = target as HTMLElement;
      if (place.scrollTop + place.clientHeight <= place.scrollHeight - 200 || this.most >= this.rows.length) return;
      this.writeUpTo(this.most + MOST_ROWS);
    });
  }

  /** All that the table holds as it is filtered: to be selected at once. */
  get keys(): string[] {
    return [...new Set(this.rows.flatMap(({ items }) => items))];
  }

  get hasFocus(): boolean {
    return this.body.contains(document.activeElement);
  }

  draw(): void {
    this.offerColumns();
    const all = rowsOf(this.of, this.host);
    const sought = this.filter.value.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const within = (row: Row): boolean => !this.narrowed || row.items.every((key) => this.narrowed?.has(key));
    const fits = (row: Row): boolean => within(row) && (!sought.length || says(row, sought));
    this.rows = sorted(all.filter(fits), this.by, this.down, language());
    this.host.piece("table-count").textContent = this.host.wording.of(COUNTED[this.of], this.rows.length, all.length);
    this.sayChosen();
    this.write();
  }

  /** Let a property have a column, or none any more. */
  private turn(prop: string): void {
    const { sheet } = this.host;
    const there = sheet.settings.columns;
    const isThere = there.includes(prop);
    if (prop && (isThere || there.length < MOST_COLUMNS)) sheet.set({ columns: isThere ? there.filter((one) => one !== prop) : [...there, prop] });
    if (isThere && this.by === factOf(prop)) this.by = FIRST_BY.items;
    this.host.draw();
  }

  private offerColumns(): void {
    const { sheet } = this.host;
    const chosen = sheet.settings.columns;
    offerProperties(this.columns, sheet);
    for (const option of this.columns.options) if (chosen.includes(option.value)) option.text = `✓ ${option.text}`;
    this.columns.value = "";
    this.columns.hidden = this.of !== "items";
    const head = this.place.querySelector("thead[data-head-of=items] tr");
    for (const column of head?.querySelectorAll("[data-fact]") ?? []) column.remove();
    head?.lastElementChild?.before(...chosen.map((prop) => columnOf(prop, sheet.words.get(prop) ?? prop)));
  }

  /** Mark what is selected; where that was done elsewhere, narrow to it and go to the first of it. */
  choose(): void {
    const { chosen, link } = this.host;
    this.sayChosen();
    if (this.narrowed && !this.isChoosing) this.narrowTo(chosen.size ? chosen : null);
    const rows = new Map(this.rows.map((row) => [row.key, row]));
    for (const row of this.body.querySelectorAll<HTMLElement>("tr")) {
      const one = rows.get(row.dataset["key"] ?? "");
      row.setAttribute("aria-selected", String(one !== undefined && this.isChosen(one)));
    }
    if (!this.isChoosing && (chosen.size || link)) this.goTo(this.rows.findIndex((row) => this.isChosen(row)));
  }

  private sayChosen(): void {
    const { chosen, sheet, wording } = this.host;
    this.host.piece("table-chosen").textContent = chosen.size ? wording.of("chosen_of", chosen.size, sheet.placed.size) : "";
    this.narrow.hidden = !chosen.size && !this.narrowed;
  }

  private narrowTo(keys: ReadonlySet<string> | null): void {
    this.narrowed = keys && new Set(keys);
    this.narrow.setAttribute("aria-pressed", String(this.narrowed !== null));
    this.begin();
  }

  private goTo(place: number): void {
    if (place < 0) return;
    if (place >= this.most) {
      this.writeUpTo(Math.ceil((place + 1) / MOST_ROWS) * MOST_ROWS);
    }
    const [row, room] = [this.body.children[place], this.body.closest(".panel-scroll")];
    if (!row || !room) return;
    const [at, within] = [row.getBoundingClientRect(), room.getBoundingClientRect()];
    const head = this.place.querySelector("thead:not([hidden])")?.getBoundingClientRect().height ?? 0;
    if (at.top < within.top + head) room.scrollTop += at.top - within.top - head;
    else if (at.bottom > within.bottom) room.scrollTop += at.bottom - within.bottom;
  }

  /** Select from here: the table stays as it is. */
  private chooseHere(doing: () => void): void {
    this.isChoosing = true;
    doing();
    this.isChoosing = false;
  }

  private isChosen({ key, items }: Row): boolean {
    return key === this.host.link || items.every((one) => this.host.chosen.has(one));
  }

  private begin(): void {
    this.most = MOST_ROWS;
    this.draw();
  }

  private buttons(): NodeListOf<HTMLElement> {
    return this.host.piece("table-of").querySelectorAll<HTMLElement>("[data-table-of]");
  }

  private switch(of: Of): void {
    [this.of, this.by, this.down] = [of, FIRST_BY[of], true];
    for (const button of this.buttons()) button.setAttribute("aria-pressed", String(button.dataset["tableOf"] === of));
    for (const head of this.place.querySelectorAll<HTMLElement>("thead")) head.hidden = head.dataset["headOf"] !== of;
    this.begin();
  }

  private write(): void {
    const held = this.hasFocus ? (document.activeElement as HTMLElement) : null;
    const [focused, act] = [held?.closest("tr")?.dataset["key"], held?.dataset["does"]];
    this.body.replaceChildren(...this.writtenRows(0));
    const stop = (focused && this.element(focused)) || this.body.querySelector<HTMLElement>("tr");
    if (stop) stop.tabIndex = 0;
    if (stop && held) (act ? (actOf(stop, act) ?? stop) : stop).focus();
    for (const column of this.place.querySelectorAll<HTMLElement>("[data-by]")) {
      const cell = column.closest("th");
      if (column.dataset["by"] === this.by) cell?.setAttribute("aria-sort", this.down ? "descending" : "ascending");
      else cell?.removeAttribute("aria-sort");
    }
  }

  /** Let more of the rows stand. */
  private writeUpTo(most: number): void {
    const stands = this.most;
    this.most = most;
    this.body.append(...this.writtenRows(stands));
  }

  private writtenRows(from: number): HTMLTableRowElement[] {
    const path = this.of === "items" ? this.host.path.items : this.host.path.links;
    return this.rows.slice(from, this.most).map((row) => this.written(row, path.has(row.key)));
  }

  private written(row: Row, isOnPath: boolean): HTMLTableRowElement {
    const made = document.createElement("tr");
    made.dataset["key"] = row.key;
    made.tabIndex = -1;
    made.setAttribute("aria-selected", String(this.isChosen(row)));
    made.classList.toggle("is-on-path", isOnPath);
    made.classList.toggle("is-hidden", row.hidden);
    const { name, ...others } = row.cells;
    const head = document.createElement("th");
    const said = document.createElement("span");
    head.scope = "row";
    said.textContent = name?.text ?? "";
    head.append(icon(row.icon), said);
    const cells = Object.values(others).map(({ text, isNumber }) => {
      const cell = document.createElement("td");
      cell.className = isNumber ? "num" : "dim";
      cell.textContent = text;
      return cell;
    });
    made.append(head, ...cells);
    made.append(this.acts(row));
    return made;
  }

  private acts(row: Row): HTMLElement {
    const made = document.createElement("td");
    made.className = "chart-row-acts";
    const known = DOES[this.of][row.hidden ? "hidden" : "shown"];
    const name = [row.cells["name"], row.cells["to"]].flatMap((cell) => cell?.text ?? []).join(" – ");
    made.append(...known.map(([act, sign, word]) => this.button(act, sign, this.host.wording.say(word), name)));
    return made;
  }

  private button(act: string, sign: string, words: string, name: string): HTMLElement {
    const made = document.createElement("button");
    made.type = "button";
    made.tabIndex = -1;
    made.className = "chart-row-act";
    made.dataset["does"] = act;
    made.title = words;
    made.setAttribute("aria-label", `${words}: ${name}`);
    made.append(icon(sign));
    return made;
  }

  private element(key: string): HTMLElement | null {
    return this.body.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  }

  private rowAt(event: Event): Row | undefined {
    const key = (event.target as Element).closest<HTMLElement>("[data-key]")?.dataset["key"];
    return this.rows.find((one) => one.key === key);
  }

  private sort(event: Event): void {
    const by = (event.target as Element).closest<HTMLElement>("[data-by]")?.dataset["by"];
    if (!by) return;
    this.down = by === this.by ? !this.down : !["name", "kind", "to", "label", "certainty", "most", "community", "component"].includes(by) && !by.startsWith(factOf(""));
    this.by = by;
    this.host.want(by);
    this.begin();
  }

  private click(event: MouseEvent): void {
    const row = this.rowAt(event);
    if (!row) return;
    const act = (event.target as Element).closest<HTMLElement>("[data-does]")?.dataset["does"];
    if (act === "hide") this.host.hide(row.items, true);
    else if (act === "show") this.show(row);
    else if (act === "only") this.host.only(row.items);
    else if (act === "group") this.host.collapse(row.items);
    else if (act === "ends") this.chooseHere(() => this.host.choose(row.items));
    else if (event.shiftKey) this.range(row);
    else this.take(row, event.ctrlKey || event.metaKey);
  }

  /** Let it stand by itself, whether it was hidden or stood in another. */
  private show({ items }: Row): void {
    this.host.edit(items, { hidden: false, into: "" });
    this.host.say(this.host.wording.count("again", items.length));
  }

  private take(row: Row, more: boolean): void {
    this.anchor = row.key;
    this.chooseHere(() => (this.of === "links" && !more ? this.host.chooseLink(row.key) : this.host.choose(row.items, more)));
    if (row.items[0]) this.host.canvas.reveal(row.items[0]);
  }

  /** All from where one began up to here, and nothing else. */
  private range(row: Row): void {
    const [one, other] = [this.anchor, row.key].map((key) => this.rows.findIndex((some) => some.key === key)) as [number, number];
    if (one < 0) return this.take(row, false);
    const some = this.rows.slice(Math.min(one, other), Math.max(one, other) + 1);
    this.chooseHere(() => this.host.choose(new Set(some.flatMap(({ items }) => items))));
  }

  private open(row: Row | undefined): void {
    if (row) this.host.canvas.fit(row.items);
  }

  /** From a row to what is done to it, and back. */
  private goAlong(event: KeyboardEvent, row: HTMLElement): void {
    const stops = [row, ...row.querySelectorAll<HTMLElement>("button")];
    const next = stops[stops.indexOf(event.target as HTMLElement) + (event.key === "ArrowRight" ? 1 : -1)];
    next?.focus();
    event.preventDefault();
  }

  private key(event: KeyboardEvent): void {
    const row = this.rowAt(event);
    const here = (event.target as Element).closest<HTMLElement>("tr");
    if (!row || !here) return;
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") return this.goAlong(event, here);
    if ((event.target as Element).closest("button")) return;
    const next = event.key === "ArrowDown" ? here.nextElementSibling : event.key === "ArrowUp" ? here.previousElementSibling : null;
    if (next instanceof HTMLElement) {
      const to = this.rows.find(({ key }) => key === next.dataset["key"]);
      here.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
      if (to && event.shiftKey) this.range(to);
      else if (to && !event.ctrlKey) this.take(to, false);
    } else if (event.key === " ") this.take(row, true);
    else if (event.key === "Enter") this.open(row);
    else if (event.key === "Delete") this.host.hide(this.host.chosen, true);
    else return;
    event.preventDefault();
  }
}

/** The button of a row that does as one did; what is hidden is shown where it was hidden. */
function actOf(row: HTMLElement, act: string): HTMLElement | null {
  const like: Record<string, string> = { hide: "show", show: "hide" };
  return row.querySelector<HTMLElement>(`[data-does="${act}"], [data-does="${like[act] ?? act}"]`);
}

function columnOf(prop: string, words: string): HTMLElement {
  const [made, button] = [document.createElement("th"), document.createElement("button")];
  made.scope = "col";
  made.dataset["fact"] = prop;
  button.type = "button";
  button.dataset["by"] = factOf(prop);
  button.textContent = words;
  made.append(button);
  return made;
}
