/**
 * `<link-chart data-data="…">`: who and what is linked, to be spread, measured, arranged and saved.
 *
 * The words and controls come with the page; this draws into them what the server says. It only puts the parts
 * together. What is asked for goes to one that does it (acts, editing, bringing, placing, saving) and changes the
 * sheet or the selection; then all that shows them (showing) is told.
 */
import { Acts } from "./acts.ts";
import { Bringing } from "./bringing.ts";
import { copyAndPaste } from "./carrying/clipboard.ts";
import { offerCharts } from "./carrying/merging.ts";
import { offerToTake } from "./carrying/taking.ts";
import { dayWriter } from "./days.ts";
import { Canvas } from "./drawing/canvas.ts";
import { drawIcons } from "./drawing/icon-atlas.ts";
import type { Looks } from "./drawing/looks.ts";
import { type Drawing, Undrawn, drawnOr } from "./drawing/undrawn.ts";
import { Editing } from "./editing.ts";
import type { Chart } from "./host.ts";
import { Keyboard } from "./keyboard.ts";
import { looksOf } from "./looking.ts";
import { Measuring } from "./measuring.ts";
import type { Measured } from "./model.ts";
import { AddingBox } from "./panels/adding.ts";
import { Placing } from "./placing.ts";
import { Presenting } from "./presenting.ts";
import { Purpose } from "./purpose.ts";
import { Refreshing } from "./refreshing.ts";
import { Saving } from "./saving.ts";
import { type Part, Selection } from "./selection.ts";
import { type Addresses, Server } from "./server.ts";
import { Sheet } from "./sheet.ts";
import { Showing } from "./showing.ts";
import { Tabs } from "./tabs.ts";
import { Talk } from "./talk.ts";
import { Viewing } from "./views/viewing.ts";
import { Wording } from "./wording.ts";

/** With no more items than this what is lifted out is shown within the whole. */
const SEEN_AT_ONCE = 60;

class LinkChart extends HTMLElement implements Chart {
  readonly sheet = new Sheet();
  server!: Server;
  wording!: Wording;
  canvas!: Drawing;
  looks!: Looks;
  measured: Measured | null = null;
  readonly day = dayWriter();
  readonly viewing = new Viewing(this);
  private readonly selection = new Selection(this.sheet, {
    chosen: () => this.showing.chosen(),
    area: () => this.showing.area(),
    raised: () => this.draw(),
  });
  private readonly editing = new Editing(this);
  private readonly bringing = new Bringing(this);
  private readonly placing = new Placing(this);
  private readonly measuring = new Measuring(this, (measured, isDrawn) => this.found(measured, isDrawn));
  private talk!: Talk;
  private saving!: Saving;
  private showing!: Showing;
  private tabs!: Tabs;
  private acts!: Acts;
  private presenting: Presenting | null = null;
  private ended = new AbortController();

  connectedCallback(): void {
    this.ended = new AbortController();
    void this.begin();
  }

  disconnectedCallback(): void {
    this.ended.abort();
    this.placing.stop();
    this.viewing.remove();
  }

  private async begin(): Promise<void> {
    this.wording = new Wording(JSON.parse(this.dataset["words"] ?? "{}"));
    this.talk = new Talk(this, this.wording);
    const purpose = new Purpose(this.piece("purpose"), () => this.isPresented);
    this.server = new Server({ ...this.dataset } as unknown as Addresses, (isOwn) => purpose.ask(isOwn));
    await this.tried(async () => {
      const letters = document.fonts.load("600 12px InterVariable");
      const [opened, canvas] = await Promise.all([this.server.open(), this.drawing(), letters]);
      this.sheet.open(opened.content, opened);
      this.canvas = canvas;
      this.bind(opened.number);
      if (!(await this.placing.begin())) this.draw();
      this.piece("note").hidden = true;
      this.dataset["drawn"] = "";
      this.measuring.soon();
      await this.viewing.begin();
      await this.bringing.putAsked();
    });
  }

  private async drawing(): Promise<Drawing> {
    const icons = await drawIcons(this.dataset["icons"] ?? "");
    const drawing = drawnOr(() => new Canvas(this.piece("canvas"), icons, {
      chosen: (keys, more) => this.choose(keys, more),
      chosenLink: (key) => this.chooseLink(key),
      chosenArea: (key) => this.chooseArea(key),
      opened: (key) => void this.bringing.expand([key]),
      moved: (places) => this.editing.move(places),
      reshaped: (area, places) => this.editing.move(places, { areas: this.sheet.settings.areas.map((one) => (one.key === area.key ? area : one)) }),
      pictureOf: (file) => this.pictureOf(file),
      detailed: (drawn) => this.showing.detailed(drawn),
    }, this.ended.signal));
    const can = !(drawing instanceof Undrawn);
    this.piece("cannot").hidden = can;
    this.piece("take").hidden = !can;
    return drawing;
  }

  private bind(number: number): void {
    const { signal } = this.ended;
    this.saving = new Saving(this, number, () => this.showing.counted(), signal);
    this.showing = new Showing(this, this.viewing);
    this.tabs = new Tabs(this, () => this.showing.opened());
    const { editing, bringing, saving, showing, viewing } = this;
    this.acts = new Acts(this, { editing, bringing, saving, showing, viewing, back: (done) => done && this.back() });
    const refreshing = new Refreshing(this, signal);
    this.presenting = new Presenting(this, signal, () => refreshing.catchUp());
    new Keyboard(this, signal);
    new AddingBox(this);
    copyAndPaste(this, signal);
    offerCharts(this);
    offerToTake(this);
  }

  /** All as it looks now; it is not drawn yet. */
  dress(): Looks {
    const { sheet, measured, path, lit, wording, day } = this;
    const words = { group: wording.say("group"), links: (n: number) => wording.count("links", n), day };
    return (this.looks = looksOf({ sheet, measured, path, lit, words }));
  }

  draw(): void {
    this.dress();
    this.showing.draw();
    if (this.dataset["drawn"] !== undefined) this.measuring.soon();
  }

  /** What was measured is shown; what is drawn stays where nothing of it shows that. */
  private found(measured: Measured, isDrawn: boolean): void {
    this.measured = measured;
    if (isDrawn) this.draw();
    else this.showing.measured();
  }

  /** A step was taken back, or made again. What is said of the same is not asked for again: each look is noted. */
  private back(): void {
    const changed = this.selection.settle();
    this.draw();
    if (changed) this.showing.chosen();
    else this.showing.made();
    this.say("");
  }

  /** Those that are one now are one here, whatever was chosen, lit or found of them. */
  rename(aliases: Readonly<Record<string, string>>): void {
    if (!Object.entries(aliases).some(([key, now]) => key !== now && this.sheet.items.has(key))) return;
    this.sheet.rename(aliases);
    this.selection.rename(aliases);
  }

  /** Draw what the records say now of these; it is asked for anew where one of them is selected. */
  renew(about: ReadonlySet<string>): void {
    const isAbout = [...this.chosen].some((key) => about.has(key));
    const changed = this.selection.settle();
    this.draw();
    if (isAbout || changed) this.showing.chosen();
  }

  get isPresented(): boolean {
    return this.presenting?.isOn === true;
  }

  get isSaved(): boolean {
    return this.saving.isSaved;
  }

  get chosen(): ReadonlySet<string> {
    return this.selection.chosen;
  }

  get link(): string {
    return this.selection.link;
  }

  get area(): string {
    return this.selection.area;
  }

  get path(): Part {
    return this.selection.path;
  }

  get lit(): ReadonlySet<string> | null {
    return this.selection.lit;
  }

  get holds(): boolean {
    return this.selection.holds;
  }

  lift(items: Iterable<string>, links: Iterable<string>): void {
    this.selection.lift(items, links);
    if (this.path.items.size) this.canvas.fit(this.sheet.shown.length > SEEN_AT_ONCE ? this.path.items : undefined);
  }

  light(keys: Iterable<string>): void {
    this.selection.light(keys);
    this.say(this.lit ? this.wording.count("lit", this.lit.size) : "");
  }

  letGo(): void {
    this.selection.letGo();
    this.say("");
  }

  // The rest of what its parts may ask of it, each done by the one that knows how.
  readonly piece: Chart["piece"] = (name) => this.talk.piece(name);
  readonly say: Chart["say"] = (words) => this.talk.say(words);
  readonly tried: Chart["tried"] = (doing, kind) => this.talk.tried(doing, kind);
  readonly choose: Chart["choose"] = (keys, more) => this.selection.choose(keys, more);
  readonly chooseLink: Chart["chooseLink"] = (key) => this.selection.chooseLink(key);
  readonly chooseArea: Chart["chooseArea"] = (key) => this.selection.chooseArea(key);
  readonly standOut: Chart["standOut"] = (keys) => this.selection.standOut(keys);
  readonly hide: Chart["hide"] = (keys, hidden) => this.editing.hide(keys, hidden);
  readonly only: Chart["only"] = (keys) => this.editing.only(keys);
  readonly collapse: Chart["collapse"] = (keys) => this.editing.collapse(keys);
  readonly edit: Chart["edit"] = (keys, made) => this.editing.edit(keys, made);
  readonly want: Chart["want"] = (measure) => this.measuring.want(measure);
  readonly put: Chart["put"] = (keys) => this.bringing.put(keys);
  readonly add: Chart["add"] = (piece) => this.bringing.add(piece);
  readonly arrange: Chart["arrange"] = (layout, how) => this.placing.arrange(layout, how);
  readonly openTab: Chart["openTab"] = (name) => this.tabs.open(name);
  readonly pictureOf: Chart["pictureOf"] = (file) => (this.dataset["files"] ?? "").replace("KEY", file);
  readonly save = (): Promise<void> => this.saving.save();
  readonly doing = (act: string): void => this.acts.do(act);
}

export function defineLinkChart(): void {
  customElements.define("link-chart", LinkChart);
}
