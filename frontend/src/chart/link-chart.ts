/**
 * `<link-chart data-data="…">`: who and what is linked, to be spread, measured, arranged and saved.
 *
 * The words and controls come with the page; this draws into them what the server says. What the analyst does
 * is a step that can be taken back. The selection is one for the chart, the table and the panel beside them.
 */
import { announce, language, officeTime, officeZone } from "../page.ts";
import { Canvas } from "./drawing/canvas.ts";
import { drawIcons } from "./drawing/icon-atlas.ts";
import type { Drawn } from "./drawing/detail.ts";
import type { Looks, NodeLook } from "./drawing/looks.ts";
import { type Drawing, Undrawn, canDraw } from "./drawing/undrawn.ts";
import { copyAndPaste } from "./carrying/clipboard.ts";
import { offerCharts } from "./carrying/merging.ts";
import { offerToTake } from "./carrying/taking.ts";
import type { Chart, Manner } from "./host.ts";
import { Keyboard } from "./keyboard.ts";
import { Arranging } from "./layouts/arranging.ts";
import type { Wires } from "./layouts/wires.ts";
import { looksOf } from "./looking.ts";
import { Measuring, saidOf } from "./measuring.ts";
import type { Layout, Measured, Piece, Placed } from "./model.ts";
import { drawnAsOne } from "./namesakes.ts";
import { AddingBox } from "./panels/adding.ts";
import { CountPanel } from "./panels/counting.ts";
import { FindPanel } from "./panels/finding.ts";
import { ItemPanel } from "./panels/item.ts";
import { Legend } from "./panels/legend.ts";
import { LookPanel } from "./panels/look.ts";
import { Table } from "./panels/table.ts";
import { Presenting } from "./presenting.ts";
import { Purpose } from "./purpose.ts";
import { Refreshing } from "./refreshing.ts";
import { type Addresses, Failed, Refused, Server } from "./server.ts";
import { seeds } from "./seeding.ts";
import { type Settings, Sheet } from "./sheet.ts";
import { momentsOf } from "./themes.ts";
import { Viewing } from "./views/viewing.ts";
import { Wording } from "./wording.ts";

const NOTHING = { items: new Set<string>(), links: new Set<string>() };
/** With no more items than this a path is shown within the whole. */
const SEEN_AT_ONCE = 60;

class LinkChart extends HTMLElement implements Chart {
  readonly sheet = new Sheet();
  server!: Server;
  wording!: Wording;
  canvas!: Drawing;
  measured: Measured | null = null;
  chosen: ReadonlySet<string> = new Set();
  path: { items: ReadonlySet<string>; links: ReadonlySet<string> } = NOTHING;
  lit: ReadonlySet<string> | null = null;
  link = "";
  area = "";
  looks!: Looks;
  private drawn: Drawn | null = null;
  private dates: Intl.DateTimeFormat | undefined;
  private table!: Table;
  private item!: ItemPanel;
  private find!: FindPanel;
  private count!: CountPanel;
  private look!: LookPanel;
  private legend!: Legend;
  private readonly arranging = new Arranging();
  readonly viewing = new Viewing(this);
  private presenting: Presenting | null = null;
  private number = 0;
  private saving = false;
  private savedName = "";
  /** What kind of thing failed last. */
  private failing = "";
  private readonly measuring = new Measuring(this, (measured, isDrawn) => this.measuredNow(measured, isDrawn));
  private ended = new AbortController();

  connectedCallback(): void {
    this.ended = new AbortController();
    void this.begin();
  }

  disconnectedCallback(): void {
    this.ended.abort();
    this.arranging.stop();
    this.viewing.remove();
  }

  piece<T extends HTMLElement>(name: string): T {
    return this.querySelector<T>(`[data-piece="${name}"]`) as T;
  }

  private async begin(): Promise<void> {
    this.wording = new Wording(JSON.parse(this.dataset["words"] ?? "{}"));
    const purpose = new Purpose(this.piece("purpose"));
    this.server = new Server({ ...this.dataset } as unknown as Addresses, (isOwn) => purpose.ask(isOwn));
    await this.tried(async () => {
      const [opened] = await Promise.all([this.server.open(), document.fonts.load("600 12px InterVariable")]);
      this.number = opened.number;
      this.savedName = this.name;
      this.sheet.open(opened.content, opened);
      this.canvas = await this.drawing();
      this.bind();
      this.piece("note").hidden = true;
      this.draw();
      if (this.unplaced()) await this.arrange(this.sheet.settings.layout, { keep: true });
      this.canvas.fit(undefined, true);
      this.dataset["drawn"] = "";
      await this.viewing.begin();
      await this.putAsked();
    });
  }

  /** Put here what the address names, once: it comes from the pages of records. */
  private async putAsked(): Promise<void> {
    const address = new URL(location.href);
    const keys = address.searchParams.getAll("put");
    if (!keys.length || !(await this.put(keys))) return;
    address.searchParams.delete("put");
    history.replaceState(history.state, "", address);
  }

  /** Whether it is shown to others: nothing is changed then. */
  get isPresented(): boolean {
    return this.presenting?.isOn === true;
  }

  private async drawing(): Promise<Drawing> {
    this.piece("cannot").hidden = canDraw();
    this.piece("take").hidden = !canDraw();
    if (!canDraw()) return new Undrawn();
    return new Canvas(this.piece("canvas"), await drawIcons(this.dataset["icons"] ?? ""), {
      chosen: (keys, more) => this.choose(keys, more),
      chosenLink: (key) => this.chooseLink(key),
      detailed: (drawn) => {
        this.drawn = drawn;
        this.state();
      },
      opened: (key) => void this.expand([key]),
      moved: (places) => this.moved(places),
      pictureOf: (file) => this.pictureOf(file),
      chosenArea: (key) => this.chooseArea(key),
      reshaped: (area, places) => this.moved(places, { areas: this.sheet.settings.areas.map((one) => (one.key === area.key ? area : one)) }),
    }, this.ended.signal);
  }

  pictureOf(file: string): string {
    return (this.dataset["files"] ?? "").replace("KEY", file);
  }

  /** Saved without a place, or put there by a search: all at one point. */
  private unplaced(): boolean {
    const places = new Set(this.sheet.shown.map(({ x, y }) => `${x} ${y}`));
    return this.sheet.shown.length > 1 && places.size === 1;
  }

  private bind(): void {
    this.table = new Table(this);
    new AddingBox(this);
    this.item = new ItemPanel(this);
    this.find = new FindPanel(this);
    this.count = new CountPanel(this);
    this.look = new LookPanel(this);
    this.legend = new Legend(this.piece("legend"), this.wording);
    copyAndPaste(this, this.ended.signal);
    offerCharts(this);
    offerToTake(this);
    const refreshing = new Refreshing(this, this.ended.signal);
    this.presenting = new Presenting(this, this.ended.signal, () => refreshing.catchUp());
    this.addEventListener("click", (event) => this.act(event));
    this.addEventListener("keydown", (event) => this.goAlongTabs(event));
    new Keyboard(this, this.ended.signal);
    window.addEventListener("beforeunload", (event) => this.isSaved || event.preventDefault(), { signal: this.ended.signal });
    this.piece<HTMLInputElement>("name").addEventListener("input", () => this.state());
  }

  /** A day as it is written beside a thing. */
  readonly day = (seconds: number): string => {
    const options: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "2-digit", timeZone: officeZone() };
    this.dates ??= new Intl.DateTimeFormat(language(), options);
    return this.dates.format(new Date(seconds * 1000)).replace(/\s*г\.$/, "");
  };

  /** Let all look as the sheet now has it; it is not drawn yet. */
  private dress(): void {
    this.looks = looksOf({
      sheet: this.sheet,
      measured: this.measured,
      path: this.path,
      lit: this.lit,
      words: {
        group: this.wording.say("group"),
        links: (n) => this.wording.count("links", n),
        day: (seconds) => this.day(seconds),
      },
    });
  }

  /** Draw all anew from what stands on the sheet. */
  draw(): void {
    this.dress();
    this.canvas.draw(this.looks);
    void this.viewing.draw();
    this.table.draw();
    this.legend.show(this.sheet, this.looks, this.path.items.size > 0);
    this.look.show();
    this.count.show();
    this.state();
    this.measuring.soon();
  }

  private state(): void {
    const { sheet } = this;
    const [shown, links] = [sheet.shown.length, this.looks?.lines ?? 0];
    const said = [this.wording.of("of_items", shown, sheet.placed.size), this.wording.of("of_links", sheet.shownLinks().length, sheet.linksAmongPlaced)];
    if (links !== sheet.shownLinks().length) said.push(this.wording.count("lines", links));
    const { hidden, collapsed } = sheet.unseen;
    if (hidden) said.push(this.wording.count("items_hidden", hidden));
    const asOne = drawnAsOne(sheet).length;
    if (collapsed > asOne) said.push(this.wording.count("items_collapsed", collapsed - asOne));
    if (asOne) said.push(this.wording.count("items_as_one", asOne));
    if (this.lit) said.push(this.wording.count("items_behind", sheet.shown.filter(({ key }) => !this.lit?.has(key)).length));
    const inDots = [...(this.drawn?.within.values() ?? [])].reduce((sum, some) => sum + some.length, 0);
    if (inDots) said.push(this.wording.count("in_dots", inDots));
    if (this.drawn?.undrawn) said.push(this.wording.count("from_nearer", this.drawn.undrawn));
    if (this.measured) said.push(...saidOf(this.measured, this.wording));
    this.piece("count").textContent = said.join(" · ");
    this.piece<HTMLButtonElement>("undo").disabled = !sheet.canUndo;
    this.piece<HTMLButtonElement>("redo").disabled = !sheet.canRedo;
    this.piece("unsaved").hidden = this.isSaved;
    this.piece("show-all").hidden = !hidden;
    this.piece("show-selected").hidden = ![...this.chosen].some((key) => sheet.placed.get(key)?.hidden);
    this.piece("empty").hidden = sheet.placed.size > 0;
    for (const button of this.querySelectorAll<HTMLElement>("[data-layout]")) {
      button.setAttribute("aria-pressed", String(button.dataset["layout"] === sheet.settings.layout));
    }
  }

  /** Something shows this measure from now on. */
  want(measure: string): void {
    this.measuring.want(measure);
  }

  /** Show what was measured; what is drawn stays where nothing of it shows that. */
  private measuredNow(measured: Measured, isDrawn: boolean): void {
    this.measured = measured;
    if (isDrawn) return this.draw();
    this.table.draw();
    this.count.show();
    this.state();
  }

  /** Those that are one now are one here, whatever was chosen, lit or found of them. */
  rename(aliases: Readonly<Record<string, string>>): void {
    if (!Object.entries(aliases).some(([key, now]) => key !== now && this.sheet.items.has(key))) return;
    const now = (keys: ReadonlySet<string>): Set<string> => new Set([...keys].map((key) => aliases[key] ?? key));
    this.sheet.rename(aliases);
    this.chosen = now(this.chosen);
    this.lit = this.lit && now(this.lit);
    this.path = { ...this.path, items: now(this.path.items) };
  }

  /** Draw what the records say now; what is said of these is asked for anew where one of them is selected. */
  renew(about: ReadonlySet<string>): void {
    const isAbout = [...this.chosen].some((key) => about.has(key));
    this.chosen = new Set([...this.chosen].filter((key) => this.sheet.placed.has(key)));
    const isLost = this.link !== "" && !this.sheet.links.has(this.link);
    if (isLost) this.link = "";
    this.draw();
    if (isAbout || isLost) this.shown();
  }

  /** Select these; nothing else, or with what was selected. */
  choose(keys: Iterable<string>, more = false): void {
    const some = [...keys].filter((key) => this.sheet.placed.has(key));
    const next = new Set(more ? this.chosen : []);
    const all = some.every((key) => next.has(key));
    for (const key of some) {
      if (more && all) next.delete(key);
      else next.add(key);
    }
    this.chosen = next;
    this.link = "";
    if (this.area) this.chooseArea("");
    this.shown();
  }

  /** An area that the analyst drew is chosen; nothing else is. */
  chooseArea(key: string): void {
    if (key) this.choose([]);
    this.area = key;
    this.canvas.chooseArea(key);
    this.look.show();
  }

  chooseLink(key: string): void {
    this.chosen = new Set();
    this.link = key;
    this.shown();
  }

  private shown(): void {
    this.canvas.choose(this.chosen, this.link);
    this.viewing.choose();
    this.table.choose();
    this.item.show(this.chosen, this.link);
    this.state();
    this.find.show(this.chosen);
    const [only] = this.chosen;
    if (this.chosen.size === 1) announce(this.sheet.items.get(only as string)?.name ?? "");
    else if (this.chosen.size) announce(this.wording.count("chosen", this.chosen.size));
  }

  openTab(name: string): void {
    for (const tab of this.querySelectorAll<HTMLElement>("[data-tab-of]")) {
      const mine = tab.dataset["tabOf"] === name;
      tab.setAttribute("aria-selected", String(mine));
      tab.tabIndex = mine ? 0 : -1;
      this.piece(`panel-${tab.dataset["tabOf"] ?? ""}`).hidden = !mine;
    }
    this.count.show();
  }

  /** Fetch what is linked to these and put it beside them. */
  async expand(keys: string[]): Promise<void> {
    if (!keys.length || this.isPresented) return;
    const limit = Number(this.piece<HTMLSelectElement>("limit").value);
    await this.tried(async () => {
      const piece = await this.server.expand(keys, [...this.sheet.placed.keys()], limit);
      await this.add(piece);
      const added = this.wording.count("added", piece.items.length);
      this.say(piece.left_out ? `${added} ${this.wording.count("left_out", piece.left_out)}` : added);
    });
  }

  /** Put records on the chart, select them and show them. */
  put(keys: string[]): Promise<boolean> {
    return this.tried(async () => {
      const piece = await this.server.gather(keys, [...this.sheet.placed.keys()]);
      await this.add(piece);
      const there = keys.map((key) => piece.aliases[key] ?? key).filter((key) => this.sheet.placed.has(key));
      this.choose(there);
      if (there[0]) this.canvas.reveal(there[0]);
      this.say(this.wording.count("added", piece.items.length));
    });
  }

  /** Put items on the chart beside what they are linked to; what stands there stays. */
  async add(piece: Piece): Promise<void> {
    const before = new Set(this.sheet.shown.map(({ key }) => key));
    this.sheet.know(piece);
    const fresh = piece.items.filter(({ key }) => !this.sheet.placed.has(key)).map(({ key }) => key);
    const again = piece.items.filter(({ key }) => this.sheet.placed.has(key) && !this.sheet.isShown(key)).map(({ key }) => key);
    if (!fresh.length && !again.length) return this.draw();
    this.sheet.change((placed) => {
      for (const one of seeds(fresh, this.sheet.links.values(), placed, this.canvas.view())) placed.set(one.key, one);
      for (const key of again) placed.set(key, { ...(placed.get(key) as Placed), hidden: false, into: "" });
    });
    const few = before.size < 3;
    await this.arrange("force", { fixed: few ? new Set() : before, fresh: new Set(fresh), silent: true });
    this.canvas.fit();
  }

  /** Arrange the chart, as one step; what is fresh has not been arranged yet. */
  async arrange(layout: Layout, how: Manner = {}): Promise<void> {
    const shown = this.sheet.shown;
    if (!shown.length) return;
    this.dress();
    this.classList.add("is-arranging");
    const wires = this.wires(shown, how.fixed ?? pinned(shown), how.fresh);
    const at = await this.arranging.arrange({ layout, wires }).finally(() => this.classList.toggle("is-arranging", this.arranging.isBusy));
    if (!at) return;
    const put = (placed: Map<string, Placed>): void => {
      shown.forEach((one, index) => {
        const now = placed.get(one.key);
        if (now) placed.set(one.key, { ...now, x: round(at[2 * index]), y: round(at[2 * index + 1]) });
      });
    };
    if (how.silent || how.keep) {
      const placed = new Map(this.sheet.placed);
      put(placed);
      const keeps = how.keep && this.sheet.isSaved;
      this.sheet.placed = placed;
      if (keeps) this.sheet.keep();
    } else this.sheet.change(put, { layout });
    this.draw();
  }

  private wires(shown: Placed[], fixed: ReadonlySet<string>, fresh: ReadonlySet<string> = new Set()): Wires {
    const places = new Map(shown.map(({ key }, index) => [key, index]));
    const items = shown.map(({ key }) => this.sheet.items.get(key));
    const looks = new Map(this.looks.nodes.map((look) => [look.key, look]));
    const rooms = shown.map(({ key }) => this.canvas.room(looks.get(key) as NodeLook));
    return {
      room: Float64Array.from(rooms.flat()),
      ends: Int32Array.from(this.sheet.shownLinks().flatMap(({ begin, end }) => [places.get(begin) as number, places.get(end) as number])),
      at: Float64Array.from(shown.flatMap(({ key, x, y }) => (fresh.has(key) ? [NaN, NaN] : [x, y]))),
      fixed: Uint8Array.from(shown, ({ key }) => Number(fixed.has(key))),
      shapes: items.map((item) => item?.shape ?? "square"),
      kinds: items.map((item) => item?.kind ?? ""),
      names: items.map((item) => item?.name ?? ""),
      when: Float64Array.from(items, (item) => item?.first ?? NaN),
      moments: momentsOf(this.sheet),
      roots: [...this.chosen].map((key) => places.get(key)).filter((place) => place !== undefined),
    };
  }

  private moved(places: Map<string, { x: number; y: number }>, settings: Partial<Settings> = {}): void {
    if (this.isPresented) return this.draw();
    this.sheet.change((placed) => {
      for (const [key, at] of places) {
        const one = placed.get(key);
        if (one) placed.set(key, { ...one, x: round(at.x), y: round(at.y) });
      }
    }, settings);
    this.draw();
  }

  hide(keys: Iterable<string>, hidden: boolean): void {
    const { placed } = this.sheet;
    const some = [...keys].filter((key) => placed.has(key) && (placed.get(key)?.hidden ?? false) !== hidden);
    if (!some.length) return;
    this.edit(some, { hidden });
    this.say(this.wording.count(hidden ? "hidden" : "again", some.length));
  }

  takeAway(keys: Iterable<string>): void {
    const gone = [...keys].filter((key) => this.sheet.placed.has(key));
    if (!gone.length) return;
    this.sheet.change((placed) => {
      gone.forEach((key) => placed.delete(key));
      for (const [key, one] of placed) if (one.into && !placed.has(one.into)) placed.set(key, { ...one, into: "" });
    });
    this.choose([]);
    this.draw();
    this.say(this.wording.count("removed", gone.length));
  }

  /** Let the neighbours of one, or several, stand as one item: that one, or of several that with most links. */
  collapse(keys: string[]): void {
    const into = keys.reduce((best, key) => ((this.sheet.items.get(key)?.degree ?? 0) > (this.sheet.items.get(best)?.degree ?? 0) ? key : best), keys[0] ?? "");
    const gone = new Set(keys.length > 1 ? keys : this.neighbours(keys));
    gone.delete(into);
    if (!gone.size) return;
    this.edit(gone, { into });
    this.choose([into]);
    this.say(this.wording.count("collapsed", gone.size));
  }

  /** Let what is collapsed into these stand by itself again, beside what it is linked to. */
  async unfold(keys: string[]): Promise<void> {
    const inside = new Set(keys.flatMap((key) => this.sheet.within(key)));
    if (!inside.size) return;
    const before = new Set(this.sheet.shown.map(({ key }) => key));
    this.sheet.change((placed) => {
      for (const one of seeds(inside, this.sheet.links.values(), placed, this.canvas.view())) {
        placed.set(one.key, { ...(placed.get(one.key) as Placed), ...one, hidden: false, into: "" });
      }
    });
    this.draw();
    await this.arrange("force", { fixed: before, fresh: inside, silent: true });
    this.canvas.fit();
    this.choose(keys);
    this.say(this.wording.count("again", inside.size));
  }

  /** Show these and their neighbours alone, as one step. */
  only(keys: string[]): void {
    const kept = new Set([...keys, ...this.neighbours(keys)]);
    this.hide(this.sheet.shown.map(({ key }) => key).filter((key) => !kept.has(key)), true);
  }

  edit(keys: Iterable<string>, made: Partial<Placed>): void {
    const some = [...keys];
    if (!some.length) return;
    this.sheet.change((placed) => {
      for (const key of some) {
        const one = placed.get(key);
        if (one) placed.set(key, { ...one, ...made });
      }
    });
    this.draw();
  }

  /** Lift a part out, and say what it is. */
  lift(items: Iterable<string>, links: Iterable<string>): void {
    this.path = { items: new Set(items), links: new Set(links) };
    this.draw();
    if (this.path.items.size) this.canvas.fit(this.sheet.shown.length > SEEN_AT_ONCE ? this.path.items : undefined);
  }

  /** Let these alone stand out; once more, and all do again. */
  light(keys: Iterable<string>): void {
    const next = new Set(keys);
    const same = this.lit !== null && this.lit.size === next.size && [...next].every((key) => this.lit?.has(key));
    this.standOut(same ? null : next);
    this.say(this.lit ? this.wording.count("lit", next.size) : "");
  }

  /** Let these alone stand out in each view; all where there is none. */
  standOut(keys: ReadonlySet<string> | null): void {
    this.lit = keys;
    this.draw();
  }

  get holds(): boolean {
    return this.chosen.size > 0 || this.link !== "" || this.area !== "" || this.path.items.size > 0 || this.lit !== null;
  }

  /** Nothing is selected, lifted out or stands out any more. */
  letGo(): void {
    this.choose([]);
    if (this.lit) this.standOut(null);
    if (this.path.items.size) this.lift([], []);
    this.say("");
  }

  say(words: string): void {
    const place = this.piece("said");
    place.textContent = words;
    place.hidden = !words;
  }

  /** Do something, and say what was wrong until something of its kind goes well. */
  async tried(doing: () => Promise<void>, kind = "work"): Promise<boolean> {
    const failed = this.piece("failed");
    try {
      await doing();
      if (this.failing === kind) failed.hidden = true;
      return true;
    } catch (error) {
      if (!(error instanceof Refused) && !(error instanceof Failed)) throw error;
      this.piece("failed-words").textContent = error instanceof Refused ? error.message : this.wording.say(error.word);
      failed.hidden = false;
      this.failing = kind;
      return false;
    }
  }

  private get name(): string {
    return this.piece<HTMLInputElement>("name").value;
  }

  /** Whether nothing here would be lost. Of a chart of somebody else's the name is that of one's copy. */
  get isSaved(): boolean {
    const isOwn = this.querySelector('[data-act="save"]') !== null;
    return this.sheet.isSaved && (!isOwn || this.name === this.savedName);
  }

  /** What is made meanwhile is not saved by it. */
  async save(): Promise<void> {
    if (this.saving) return;
    this.saving = true;
    const [made, name] = [this.sheet.mark(), this.name];
    await this.tried(async () => {
      const saved = await this.server.save(this.number, name, this.sheet.content());
      this.number = saved.number;
      this.sheet.keep(made);
      this.savedName = name;
      this.piece("version").textContent = this.wording.fill("version", { n: saved.number, at: officeTime(new Date(saved.at * 1000)).slice(0, 5) });
      this.state();
      announce(this.piece("version").textContent ?? "");
    }, "save").finally(() => (this.saving = false));
  }

  /** Save it as a chart of one's own, and go on there. */
  private async copy(): Promise<void> {
    await this.tried(async () => {
      const made = this.sheet.mark();
      const { url } = await this.server.copy(this.name, this.sheet.content());
      this.sheet.keep(made);
      location.assign(url);
    }, "save");
  }

  private act(event: Event): void {
    const button = (event.target as Element).closest<HTMLElement>("[data-act], [data-layout], [data-tab-of], [data-view]");
    if (!button || button.hasAttribute("disabled")) return;
    const { act, layout, tabOf, view } = button.dataset;
    if (layout) void this.tried(() => this.arrange(layout as Layout).then(() => this.canvas.fit()));
    if (layout || view) void this.viewing.see(view ?? "chart");
    if (tabOf) this.openTab(tabOf);
    if (act) this.doing(act);
  }

  /** Arrows go from tab to tab. */
  private goAlongTabs(event: KeyboardEvent): void {
    const tabs = [...this.querySelectorAll<HTMLElement>("[data-tab-of]")];
    const at = tabs.indexOf(event.target as HTMLElement);
    const places: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: (at + 1) % tabs.length, Home: 0, End: -1 };
    const place = places[event.key];
    const tab = at < 0 || place === undefined ? undefined : tabs.at(place);
    if (!tab) return;
    this.openTab(tab.dataset["tabOf"] ?? "");
    tab.focus();
    event.preventDefault();
  }

  doing(act: string): void {
    if (this.isPresented) return;
    const chosen = [...this.chosen];
    const known: Record<string, () => void> = {
      undo: () => this.back(this.sheet.undo()),
      redo: () => this.back(this.sheet.redo()),
      save: () => void this.save(),
      copy: () => void this.copy(),
      in: () => this.canvas.zoom(1.5),
      out: () => this.canvas.zoom(1 / 1.5),
      fit: () => this.canvas.fit(),
      expand: () => void this.expand(chosen),
      hide: () => this.hide(chosen, true),
      "show-selected": () => this.hide(chosen, false),
      only: () => this.only(chosen),
      collapse: () => this.collapse(chosen),
      unfold: () => void this.tried(() => this.unfold(chosen)),
      "show-all": () => this.hide(this.sheet.placed.keys(), false),
      remove: () => this.takeAway(chosen),
      pin: () => this.edit(chosen, { pinned: !chosen.every((key) => this.sheet.placed.get(key)?.pinned) }),
      all: () => this.choose(this.table.hasFocus ? this.table.keys : this.sheet.shown.map(({ key }) => key)),
      neighbours: () => this.choose([...chosen, ...this.neighbours(chosen)]),
      "drop-path": () => this.lift([], []),
    };
    known[act]?.();
    this.find.act(act);
    this.look.act(act);
  }

  private back(done: boolean): void {
    if (!done) return;
    const [before, link] = [this.chosen.size, this.link];
    this.chosen = new Set([...this.chosen].filter((key) => this.sheet.isShown(key)));
    if (!this.sheet.shownLinks().some(({ key }) => key === this.link)) this.link = "";
    if (this.area && !this.sheet.settings.areas.some(({ key }) => key === this.area)) this.chooseArea("");
    this.draw();
    // What is said of the same need not be asked for again: each look is noted.
    if (this.chosen.size === before && this.link === link) this.item.showMade(this.chosen);
    else this.shown();
    this.say("");
  }

  private neighbours(keys: string[]): string[] {
    const from = new Set(keys);
    return this.sheet.shownLinks().flatMap(({ begin, end }) => (from.has(begin) ? [end] : from.has(end) ? [begin] : []));
  }
}

function pinned(shown: Placed[]): Set<string> {
  return new Set(shown.filter((one) => one.pinned).map(({ key }) => key));
}

function round(value: number | undefined): number {
  return Math.round((value ?? 0) * 10) / 10;
}

export function defineLinkChart(): void {
  customElements.define("link-chart", LinkChart);
}
