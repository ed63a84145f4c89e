/**
 * The chart's items in time: a row each, with what links them as marks and bars.
 *
 * The same items are hidden, selected and lifted out as on the chart. A time that is drawn along the axis lets
 * stand out, in every view, what it holds.
 */
import "./timeline.css";

import { announce, icon, officeZone } from "../../page.ts";
import type { Looks } from "../drawing/looks.ts";
import type { Server } from "../server.ts";
import type { Sheet } from "../sheet.ts";
import type { Wording } from "../wording.ts";
import { type Mark, type Row, activity, within } from "./activity.ts";
import { Beside } from "./beside.ts";
import { TimeAxis } from "./time-axis.ts";
import { AXIS_PX, ROW_PX, TimelinePen, markAt } from "./timeline-pen.ts";
import { moment } from "./times.ts";
import type { Spot, View } from "./view.ts";

const NAMES_PX = 210;
const NAMES_NARROW_PX = 128;
const NARROW_PX = 560;
const DAY_S = 86_400;
const ZOOM = 1.5;
/** Dragged less than this, it was a click. */
const CLICK_PX = 4;

/** What the timeline asks of the chart. */
export interface Host {
  piece<T extends HTMLElement>(name: string): T;
  readonly sheet: Sheet;
  readonly wording: Wording;
  readonly chosen: ReadonlySet<string>;
  readonly path: { links: ReadonlySet<string> };
  readonly lit: ReadonlySet<string> | null;
  choose(keys: Iterable<string>, more?: boolean): void;
  standOut(keys: ReadonlySet<string> | null): void;
  readonly server: Server;
  readonly isPresented: boolean;
  put(keys: string[]): Promise<boolean>;
  say(words: string): void;
  tried(doing: () => Promise<void>, kind?: string): Promise<boolean>;
}

type Period = [from: number, to: number];

export class Timeline implements View {
  private rows: Row[] = [];
  private readonly opened = new Set<string>();
  private readonly beside: Beside;
  private seen: Period | null = null;
  private period: Period | null = null;
  /** What stands out because of it. */
  private held: ReadonlySet<string> | null = null;
  /** Where the keys are: a row, and a mark on it. */
  private at = { row: 0, mark: -1 };
  private pointed: { row: number; mark: Mark } | null = null;
  private frame = 0;
  private readonly ended = new AbortController();
  private readonly pen: TimelinePen;
  private readonly room: HTMLElement;
  private readonly names: HTMLElement;

  constructor(private readonly host: Host) {
    const [head, body] = [this.piece<HTMLCanvasElement>("axis"), this.piece<HTMLCanvasElement>("marks")];
    this.beside = new Beside(host.sheet, host.server);
    this.room = this.piece("rows");
    this.names = this.piece("names");
    this.pen = new TimelinePen(head, body, () => this.paint(), this.ended.signal);
    const { signal } = this.ended;
    for (const [name, does] of [["in", () => this.zoom(ZOOM)], ["out", () => this.zoom(1 / ZOOM)], ["fit", () => this.fit()], ["clear", () => this.hold(null)]] as const) {
      this.piece(name).addEventListener("click", does, { signal });
    }
    this.room.addEventListener("scroll", () => this.paint(), { signal });
    this.room.addEventListener("keydown", (event) => this.key(event), { signal });
    this.room.addEventListener("wheel", (event) => this.wheel(event), { signal, passive: false });
    this.room.addEventListener("pointermove", (event) => this.point(event), { signal });
    this.room.addEventListener("pointerleave", () => this.hint(null), { signal });
    this.room.addEventListener("blur", () => this.hint(null), { signal });
    this.room.addEventListener("pointerdown", (event) => this.drag(event, event.shiftKey), { signal });
    head.addEventListener("pointerdown", (event) => this.drag(event, true), { signal });
    this.names.addEventListener("click", (event) => this.pressed(event), { signal });
    const watcher = new ResizeObserver(() => this.paint());
    watcher.observe(this.room);
    signal.addEventListener("abort", () => watcher.disconnect());
    this.piece("zone").textContent = officeZone();
  }

  private piece<T extends HTMLElement>(name: string): T {
    return this.host.piece<T>(`time-${name}`);
  }

  async draw(_looks?: Looks): Promise<void> {
    if (this.host.lit !== this.held) this.period = this.held = null;
    this.rows = activity(this.host.sheet, this.opened, this.host.isPresented ? null : this.beside);
    this.at.row = Math.max(0, Math.min(this.at.row, this.rows.length - 1));
    const marks = this.rows.some((row) => row.marks.length);
    this.piece("nothing").hidden = marks;
    if (!this.seen) this.fit();
    this.say();
    this.paint();
    await Promise.resolve();
  }

  choose(chosen: ReadonlySet<string>): void {
    const [only] = chosen;
    const place = this.rows.findIndex(({ key }) => key === only);
    if (chosen.size === 1 && place >= 0 && this.rows[this.at.row]?.key !== only) {
      this.at = { row: place, mark: -1 };
      this.reveal(place);
    }
    this.paint();
  }

  spot(): Spot {
    const { from, to } = this.axis();
    return { x: (from + to) / 2 / DAY_S, y: this.room.scrollTop, scale: (to - from) / DAY_S };
  }

  look({ x, y, scale }: Spot): void {
    this.seen = [(x - scale / 2) * DAY_S, (x + scale / 2) * DAY_S];
    this.paint();
    // The rows are as high as they are only when they are painted.
    requestAnimationFrame(() => requestAnimationFrame(() => (this.room.scrollTop = y)));
  }

  remove(): void {
    this.ended.abort();
    cancelAnimationFrame(this.frame);
  }

  private axis(): TimeAxis {
    const width = this.room.clientWidth;
    const left = width < NARROW_PX ? NAMES_NARROW_PX : NAMES_PX;
    const [from, to] = this.seen ?? [0, DAY_S];
    return new TimeAxis(from, to, left, Math.max(1, width - left - 12), officeZone());
  }

  /** Show all that happened, or what the drawn time holds. */
  private fit(): void {
    const marks = this.rows.flatMap((row) => row.marks);
    let [from, to] = this.period ?? [Infinity, -Infinity];
    if (!this.period) for (const { at, until } of marks) [from, to] = [Math.min(from, at), Math.max(to, until ?? at)];
    if (from > to) return;
    const beside = Math.max(DAY_S / 4, (to - from) * 0.05);
    this.seen = [from - beside, to + beside];
    this.paint();
  }

  private zoom(by: number, x?: number): void {
    const axis = this.axis();
    const mark = this.marked();
    const about = x !== undefined ? axis.at(x) : mark ? mark.at : (axis.from + axis.to) / 2;
    this.seen = axis.zoomed(by, about);
    this.paint();
  }

  private pan(px: number): void {
    const axis = this.axis();
    const by = axis.at(axis.left) - axis.at(axis.left + px);
    this.seen = [axis.from + by, axis.to + by];
    this.paint();
  }

  /** Let what a time holds stand out in every view; nothing in particular where there is none. */
  private hold(period: Period | null): void {
    this.period = period;
    this.held = period && within(this.rows, ...period);
    this.host.standOut(this.held);
    this.say();
    this.paint();
  }

  private say(): void {
    const { wording } = this.host;
    const seen = new Map(this.rows.flatMap(({ key, depth, marks }) => (depth ? [] : marks.map((one) => [one.link || key, one] as const))));
    const all = [...seen.values()];
    const inside = this.period ? all.filter(({ at, until }) => at <= (this.period as Period)[1] && (until ?? at) >= (this.period as Period)[0]) : all;
    const untimed = this.rows.reduce((sum, row) => sum + (row.depth ? 0 : row.untimed), 0) / 2;
    const said = [wording.of("marks", inside.length, all.length)];
    if (untimed) said.push(wording.count("untimed", Math.ceil(untimed)));
    this.piece("count").textContent = said.join(" · ");
    this.piece("period").textContent = this.period ? this.period.map((at) => moment(Math.round(at / 60) * 60)).join(" – ") : wording.say("no_period");
    this.piece("clear").hidden = !this.period;
  }

  private paint(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      const { chosen, path, lit } = this.host;
      const axis = this.axis();
      this.piece("height").style.height = `${this.rows.length * ROW_PX}px`;
      this.piece<HTMLElement>("marks").style.height = `${this.room.clientHeight}px`;
      this.label(axis.left);
      this.pen.draw({
        axis,
        rows: this.rows,
        top: this.room.scrollTop,
        chosen,
        path: path.links,
        lit,
        period: this.period,
        pointed: this.pointed?.mark ?? null,
        pointedRow: this.pointed?.row ?? -1,
        stood: this.rows[this.at.row]?.of === "item" ? -1 : this.at.row,
      });
      this.room.dataset["drawn"] = "";
    });
  }

  /** Names of the rows in sight. */
  private label(width: number): void {
    const { scrollTop, clientHeight } = this.room;
    const [first, last] = [Math.floor(scrollTop / ROW_PX), Math.min(this.rows.length, Math.ceil((scrollTop + clientHeight) / ROW_PX))];
    this.names.style.width = `${width}px`;
    const names = this.rows.slice(first, last).map((row, place) => this.nameAt(row, first + place));
    names.forEach((made, place) => this.keepOrTake(made, place));
    while (this.names.children.length > names.length) this.names.lastElementChild?.remove();
  }

  private nameAt(row: Row, place: number): HTMLElement {
    const made = document.createElement("div");
    made.className = "timeline-name";
    made.classList.toggle("is-beneath", row.depth > 0);
    made.classList.toggle("is-off-chart", row.of !== "item");
    made.classList.toggle("is-chosen", row.of === "item" && this.host.chosen.has(row.key));
    made.style.transform = `translateY(${place * ROW_PX}px)`;
    if (row.depth === 0 && (row.linked.length || row.more)) made.append(this.opener(row));
    made.append(this.name(row, place));
    return made;
  }

  /** Let a name stand that is as it was: a press on what is made anew meanwhile would be lost, and its focus. */
  private keepOrTake(made: HTMLElement, place: number): void {
    const there = this.names.children[place];
    if (there?.isEqualNode(made)) return;
    const focused = there?.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["open"] : undefined;
    if (there) there.replaceWith(made);
    else this.names.append(made);
    if (focused !== undefined) made.querySelector<HTMLElement>(`[data-open="${CSS.escape(focused)}"]`)?.focus();
  }

  /** What stands at a row: of what is not on the chart, the button that puts it there, or fetches more of it. */
  private name({ of, key, name, icon: sign, more }: Row, place: number): HTMLElement {
    const { wording, chosen } = this.host;
    const made = document.createElement("button");
    const said = document.createElement("span");
    made.type = "button";
    made.tabIndex = -1;
    made.dataset["row"] = String(place);
    if (of === "item") made.setAttribute("aria-pressed", String(chosen.has(key)));
    if (of === "more") said.textContent = more === Infinity ? wording.say("off_chart") : wording.count("off_chart_more", more);
    else said.textContent = name;
    made.title = of === "beside" ? wording.fill("put_here", { name }) : (said.textContent ?? "");
    if (of === "beside") made.setAttribute("aria-label", made.title);
    made.append(icon(of === "more" ? "plus" : sign), said);
    return made;
  }

  private opener(row: Row): HTMLElement {
    const made = document.createElement("button");
    const open = this.opened.has(row.key);
    made.type = "button";
    made.className = "timeline-open";
    made.dataset["open"] = row.key;
    made.setAttribute("aria-expanded", String(open));
    made.setAttribute("aria-label", this.host.wording.fill("rows_linked", { name: row.name }));
    made.append(icon(open ? "chevron-down" : "chevron-right"));
    return made;
  }

  private pressed(event: MouseEvent): void {
    const button = (event.target as Element).closest<HTMLElement>("[data-open], [data-row]");
    const { open, row } = button?.dataset ?? {};
    if (open !== undefined) this.toggle(open);
    const one = this.rows[Number(row ?? NaN)];
    if (!one) return;
    this.at = { row: Number(row), mark: -1 };
    // The names are made anew at each stroke: the keys go on from the rows.
    this.room.focus({ preventScroll: true });
    if (one.of === "item") this.host.choose([one.key], event.ctrlKey || event.metaKey || event.shiftKey);
    else void this.bring(one);
  }

  /** Put on the chart what is not there, or fetch more of what that is. */
  private async bring({ of, key }: Row): Promise<void> {
    const { host } = this;
    if (of === "beside") return void host.put([key]);
    await host.tried(async () => {
      const { came, leftOut } = await this.beside.fetch(key);
      await this.draw();
      if (!came) host.say(host.wording.say("none_off_chart"));
      else host.say(leftOut ? host.wording.count("events_left", leftOut) : "");
    }, "looking");
  }

  private toggle(key: string): void {
    if (!this.opened.delete(key)) this.opened.add(key);
    void this.draw();
  }

  private place(event: PointerEvent | WheelEvent): { x: number; y: number } {
    const { left, top } = this.room.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top + this.room.scrollTop };
  }

  private markUnder(event: PointerEvent): { row: number; mark: Mark } | null {
    const { x, y } = this.place(event);
    const row = Math.floor(y / ROW_PX);
    const axis = this.axis();
    const mark = x < axis.left ? null : markAt(this.rows[row], axis, x);
    return mark && { row, mark };
  }

  private point(event: PointerEvent): void {
    if (event.buttons) return;
    const found = this.markUnder(event);
    if (found?.mark === this.pointed?.mark && found?.row === this.pointed?.row) return;
    this.hint(found);
  }

  /** Beside a mark: what it is, by both clocks. */
  private hint(found: { row: number; mark: Mark } | null): void {
    this.pointed = found;
    const hint = this.piece("hint");
    hint.hidden = !found;
    if (found) {
      const axis = this.axis();
      hint.replaceChildren(...this.words(found.mark).map((words, place) => Object.assign(document.createElement(place ? "span" : "b"), { textContent: words })));
      const x = Math.min(Math.max(axis.left, axis.x(found.mark.at)) + 12, this.room.clientWidth - hint.offsetWidth - 8);
      const y = found.row * ROW_PX - this.room.scrollTop + AXIS_PX;
      const above = y + ROW_PX + hint.offsetHeight > this.room.clientHeight + AXIS_PX;
      hint.style.transform = `translate(${Math.max(4, x)}px, ${above ? y - hint.offsetHeight : y + ROW_PX}px)`;
    }
    this.paint();
  }

  private words({ label, at, until }: Mark): string[] {
    return [label, [at, until].filter((one) => one !== null).map(moment).join(" – ")];
  }

  /** Drag the rows to go along in time; along the axis, or with Shift, to draw a time. A click selects. */
  private drag(event: PointerEvent, isPeriod: boolean): void {
    if (event.button || (event.target as Element).closest("button")) return;
    const place = event.currentTarget as HTMLElement;
    const begin = this.place(event);
    const found = this.markUnder(event);
    let [last, moved] = [begin.x, false];
    const ended = new AbortController();
    const { signal } = ended;
    if (isPeriod) event.preventDefault();
    place.setPointerCapture(event.pointerId);
    place.addEventListener("pointermove", (now) => {
      const { x } = this.place(now as PointerEvent);
      moved ||= Math.abs(x - begin.x) > CLICK_PX;
      if (!moved) return;
      if (isPeriod) this.period = this.between(begin.x, x);
      else this.pan(x - last);
      last = x;
      this.paint();
    }, { signal });
    place.addEventListener("pointerup", () => {
      ended.abort();
      if (isPeriod) this.hold(moved ? this.between(begin.x, last) : null);
      else if (!moved && found) this.take(found, event.ctrlKey || event.metaKey);
    }, { signal });
    place.addEventListener("pointercancel", () => ended.abort(), { signal });
  }

  private between(one: number, other: number): Period {
    const axis = this.axis();
    return [axis.at(Math.min(one, other)), axis.at(Math.max(one, other))];
  }

  /** Select both that a mark links. */
  private take({ row, mark }: { row: number; mark: Mark }, more: boolean): void {
    const one = this.rows[row] as Row;
    this.at = { row, mark: one.marks.indexOf(mark) };
    this.host.choose([one.key, mark.other], more);
  }

  /** With Ctrl closer or further away; along, as far as the wheel goes along. The rows scroll by themselves. */
  private wheel(event: WheelEvent): void {
    if (event.ctrlKey || event.metaKey) this.zoom(event.deltaY < 0 ? 1.25 : 0.8, this.place(event).x);
    else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) this.pan(-(event.deltaX || event.deltaY));
    else return;
    event.preventDefault();
  }

  private marked(): Mark | undefined {
    return this.rows[this.at.row]?.marks[this.at.mark];
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).closest("button")) return;
    const mark = this.marked();
    const known: Record<string, () => void> = {
      ArrowUp: () => this.goRow(-1, event.shiftKey),
      ArrowDown: () => this.goRow(1, event.shiftKey),
      ArrowLeft: () => this.goMark(-1),
      ArrowRight: () => this.goMark(1),
      Enter: () => this.enter(mark),
      " ": () => this.toggle(this.rows[this.at.row]?.key ?? ""),
      "+": () => this.zoom(ZOOM),
      "=": () => this.zoom(ZOOM),
      "-": () => this.zoom(1 / ZOOM),
      "0": () => this.fit(),
      "[": () => mark && this.hold([mark.at, Math.max(this.period?.[1] ?? mark.at, mark.until ?? mark.at)]),
      "]": () => mark && this.hold([Math.min(this.period?.[0] ?? mark.at, mark.at), mark.until ?? mark.at]),
    };
    const does = known[event.key];
    if (!does) return;
    does();
    event.preventDefault();
    event.stopPropagation();
  }

  private enter(mark: Mark | undefined): void {
    const one = this.rows[this.at.row];
    if (one && one.of !== "item") void this.bring(one);
    else if (mark) this.take({ row: this.at.row, mark }, false);
  }

  private goRow(by: number, more: boolean): void {
    const before = this.rows[this.at.row];
    const row = before && (before.of !== "item" || this.host.chosen.has(before.key)) ? this.at.row + by : this.at.row;
    const one = this.rows[row];
    if (!one) return;
    this.at = { row, mark: -1 };
    this.hint(null);
    this.reveal(row);
    if (one.of === "item") return this.host.choose([one.key], more);
    const { wording } = this.host;
    announce(one.of === "beside" ? wording.fill("put_here", { name: one.name }) : wording.say("off_chart"));
  }

  private goMark(by: number): void {
    const row = this.rows[this.at.row];
    const mark = Math.max(0, this.at.mark + by);
    const next = row?.marks[mark];
    if (!next) return;
    this.at.mark = mark;
    const axis = this.axis();
    const x = axis.x(next.at);
    if (x < axis.left || x > axis.left + axis.width) this.pan(axis.left + axis.width / 2 - x);
    this.reveal(this.at.row);
    this.hint({ row: this.at.row, mark: next });
    announce(this.words(next).join(", "));
  }

  private reveal(row: number): void {
    const { scrollTop, clientHeight } = this.room;
    if (row * ROW_PX < scrollTop) this.room.scrollTop = row * ROW_PX;
    else if ((row + 1) * ROW_PX > scrollTop + clientHeight) this.room.scrollTop = (row + 1) * ROW_PX - clientHeight;
  }
}
