/**
 * `<geo-map data-url="…">`: offices, their links and what happened, on a map of this office's own server.
 *
 * The words, the legend and the controls come with the page; this draws what the data says into them.
 * `map-refresh` on the element, or on the body, fetches what has changed; `map-select` tells what an officer
 * has chosen: `{type: "office" | "event" | "", ids}`. With `data-url` changed, everything is fetched anew.
 */
import { officeTime } from "../page.ts";
import { BaseMap, NoMap } from "./base.ts";
import { Events, type Gathered, type Row, gather } from "./events.ts";
import { Pins, type Kind } from "./pins.ts";
import { makeStop, rove } from "./roving.ts";
import { type Office, Signs } from "./signs.ts";
import { TimeWindow } from "./window.ts";

interface Data {
  /** All, or those with a link where not the whole is sent. */
  offices: Office[];
  kinds: Kind[];
  events: Row[];
  /** Whether these are all, or only what has changed. */
  whole: boolean;
  after: string;
  since: number;
  until: number;
  /** How many more events there were than could be sent. */
  left_out: number;
}

/** So many stand in a card; the rest is said in a number. */
const MOST_IN_CARD = 20;
/** What happened this close to an office stands at its sign. */
const AT_OFFICE_PX = 22;

class GeoMap extends HTMLElement {
  static readonly observedAttributes = ["data-url"];

  private base: BaseMap | null = null;
  private signs!: Signs;
  private pins!: Pins;
  private window!: TimeWindow;
  private readonly events = new Events();
  private kinds: Kind[] = [];
  private offices: Office[] = [];
  private heard = "";
  /** When the server last answered, by the office's clock. */
  private takenAt = "";
  private chosen = { type: "", ids: new Set<string>() };
  /** What the open card is about. */
  private anchor: HTMLElement | null = null;
  private begun = false;
  private ended = new AbortController();
  private asked: AbortController | null = null;

  connectedCallback(): void {
    if (this.begun) return;
    this.begun = true;
    this.ended = new AbortController();
    void this.begin();
  }

  disconnectedCallback(): void {
    this.begun = false;
    this.ended.abort();
    this.asked?.abort();
    this.base?.remove();
    this.base = null;
    for (const part of this.piece("stage").querySelectorAll("[data-made]")) part.remove();
  }

  attributeChangedCallback(_name: string, before: string | null, now: string | null): void {
    if (before !== null && before !== now && this.begun) void this.fetch(true);
  }

  private piece<T extends HTMLElement>(name: string): T {
    return this.querySelector<T>(`[data-piece="${name}"]`) as T;
  }

  private async begin(): Promise<void> {
    const { signal } = this.ended;
    const layer = document.createElement("div");
    layer.className = "map-layer";
    layer.dataset["made"] = "";
    this.piece("canvas").after(layer);
    this.signs = new Signs(layer, this.dataset["offices"] ?? "");
    this.pins = new Pins(layer, this.dataset["events"] ?? "", this.dataset["icons"] ?? "", (code, view) =>
      this.signs.at(code, view),
    );
    this.window = new TimeWindow(this.piece("window"), () => this.drawEvents());
    rove(this.signs.buttons);
    rove(this.pins.buttons);
    layer.addEventListener("click", (event) => this.pressed(event));
    this.piece("card").addEventListener("click", (event) => this.inCard(event));
    this.addEventListener("keydown", (event) => this.key(event));
    for (const target of [this, document.body]) {
      target.addEventListener("map-refresh", () => void this.fetch(false), { signal });
    }
    this.bindControls();
    const drawing = this.drawBase();
    await this.fetch(true);
    await drawing;
    if (!this.base || signal.aborted) return;
    this.home();
    this.piece("note").hidden = true;
    this.dataset["drawn"] = "";
  }

  private async drawBase(): Promise<void> {
    try {
      const base = await BaseMap.draw(
        this.piece("canvas"),
        document.documentElement.dataset["map"] ?? "",
        this.dataset["label"] ?? "",
      );
      if (this.ended.signal.aborted) return base.remove();
      this.base = base;
      this.signs.name(base.towns, base.frame.countries, document.documentElement.lang);
      base.map.on("move", () => this.keepUp());
      base.map.on("moveend", () => this.arrange());
      base.map.on("resize", () => this.arrange());
    } catch (error) {
      if (!(error instanceof NoMap)) throw error;
      this.fail("cannot");
    }
  }

  private async fetch(whole: boolean): Promise<void> {
    this.asked?.abort();
    const asked = (this.asked = new AbortController());
    const url = new URL(this.dataset["url"] ?? "", location.href);
    if (!whole && this.heard) url.searchParams.set("after", this.heard);
    const headers: HeadersInit = whole ? {} : { "Blo-Background": "yes" };
    try {
      const answer = await fetch(url, { headers, signal: asked.signal });
      if (!answer.ok) throw new TypeError(String(answer.status));
      this.take((await answer.json()) as Data);
      this.takenAt = officeTime();
      this.piece("failed").hidden = true;
    } catch (error) {
      if (asked.signal.aborted) return;
      if (!(error instanceof TypeError) && !(error instanceof SyntaxError)) throw error;
      this.sayOld();
    }
  }

  /** What came before stays, with its age. */
  private sayOld(): void {
    const words = this.piece("old");
    words.hidden = !this.takenAt;
    words.textContent = (words.dataset["words"] ?? "").replace("{time}", this.takenAt);
    this.piece("failed").hidden = false;
  }

  private take(data: Data): void {
    performance.mark("map-data");
    this.offices = data.whole ? data.offices : this.merged(data.offices);
    this.heard = data.after;
    this.events.take(this.numbered(data), data.whole);
    this.window.span(data.since, data.until);
    const left = this.piece("left");
    left.hidden = !data.left_out;
    left.textContent = (left.dataset["words"] ?? "").replace("{n}", String(data.left_out));
    this.signs.show(this.offices, this.chosen.type === "office" ? [...this.chosen.ids][0] ?? "" : "");
    const accuracy = this.offices.map((one) => one.accuracy).filter(Boolean);
    const range = [...new Set([Math.min(...accuracy), Math.max(...accuracy)])].join("–");
    this.piece("accuracy").textContent = accuracy.length ? `±${range} ` + (this.dataset["km"] ?? "") : "";
    if (this.base) this.arrange();
    else this.list([]);
    performance.measure("map-update", "map-data");
  }

  /** All offices, some of them as they are now. */
  private merged(changed: Office[]): Office[] {
    const now = new Map(changed.map((one) => [one.code, one]));
    return this.offices.map((one) => now.get(one.code) ?? one);
  }

  /** The rows with the numbers by which this page knows the kinds: each answer numbers its own. */
  private numbered({ kinds, events, whole }: Data): Row[] {
    if (whole) this.kinds = [];
    const numbers = kinds.map((kind) => {
      const at = this.kinds.findIndex(({ form }) => form === kind.form);
      return at < 0 ? this.kinds.push(kind) - 1 : at;
    });
    return events.map(([key, lon, lat, at, kind, urgency, corrects]) => {
      return [key, lon, lat, at, numbers[kind] ?? -1, urgency, corrects];
    });
  }

  private keepUp(): void {
    if (!this.base) return;
    const view = this.base.view();
    this.signs.move(view);
    this.pins.move(view);
    this.placeCard();
  }

  private arrange(): void {
    if (!this.base) return;
    this.signs.spread(this.base.view());
    this.drawEvents();
    makeStop(this.signs.buttons);
    this.placeCard();
  }

  private drawEvents(): void {
    if (!this.base) return;
    const view = this.base.view();
    const shown = this.events.within(...this.window.chosen);
    const pins = gather(shown, view, {
      at: (place) => this.signs.near(place, view, AT_OFFICE_PX),
      drawn: (office) => this.signs.at(office, view),
    });
    this.pins.show(pins, view, this.kinds, (pin) => this.nameOf(pin));
    if (this.chosen.type === "event") this.pins.select(this.chosen.ids);
    makeStop(this.pins.buttons);
    this.signs.label(view, this.pins.buttons.hidden ? [] : this.pins.boxes(view));
    this.piece("count").textContent = this.counted(shown.length);
    this.list(pins);
  }

  private counted(n: number): string {
    const forms = JSON.parse(this.dataset["plurals"] ?? "{}") as Record<string, string>;
    const form = new Intl.PluralRules(document.documentElement.lang).select(n);
    return (forms[form] ?? forms["other"] ?? "").replace("{n}", String(n));
  }

  private nameOf(pin: Gathered): string {
    const kind = this.kinds[pin.kind]?.name;
    const where = this.offices.find(({ code }) => code === pin.office)?.name;
    const urgent = pin.urgent ? `${this.dataset["urgent"] ?? ""} ${pin.events.length > 1 ? pin.urgent : ""}`.trim() : "";
    const what = pin.events.length === 1 && kind ? kind : [this.counted(pin.events.length), kind].filter(Boolean).join(", ");
    return [where, what, urgent].filter(Boolean).join(": ");
  }

  /** The same in words: for those who do not see the map, and where it cannot be drawn. */
  private list(pins: readonly Gathered[]): void {
    const row = (text: string, id: string, type: string): HTMLElement => {
      const made = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link-button";
      button.textContent = text;
      button.dataset[type] = id;
      made.append(button);
      return made;
    };
    this.piece("list-offices").replaceChildren(...this.offices.map((one) => row(one.label, one.code, "code")));
    this.piece("list-events").replaceChildren(...pins.map((pin) => row(this.nameOf(pin), pin.id, "pin")));
  }

  private bindControls(): void {
    const act = (name: string, does: () => void): void => this.piece(name).addEventListener("click", does);
    act("in", () => this.base?.map.zoomIn({ duration: 150 }));
    act("out", () => this.base?.map.zoomOut({ duration: 150 }));
    act("home", () => this.home());
    act("again", () => void this.fetch(true));
    this.piece("list").addEventListener("click", (event) => this.pressed(event));
    for (const button of this.querySelectorAll<HTMLButtonElement>("[data-layer]")) {
      button.addEventListener("click", () => {
        const on = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", String(on));
        if (button.dataset["layer"] === "offices") this.signs.toggleOffices(on);
        else if (button.dataset["layer"] === "links") this.signs.toggleLinks(on);
        else this.pins.buttons.hidden = !on;
        this.arrange();
      });
    }
  }

  /** Show the own office and those it has to do with. */
  private home(): void {
    const linked = this.offices.filter(({ is_here, link }) => is_here || link);
    const shown = linked.length > 1 ? linked : this.offices.filter(({ is_here, is_near }) => is_here || is_near);
    if (!this.base || !shown.length) return;
    const lons = shown.map(({ lon }) => lon);
    const lats = shown.map(({ lat }) => lat);
    this.base.fit([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]);
    this.arrange();
  }

  private pressed(event: Event): void {
    const button = (event.target as Element).closest<HTMLElement>("[data-code], [data-pin]");
    const { code, pin } = button?.dataset ?? {};
    if (code) void this.choose("office", [code], this.signs.buttons.querySelector(`[data-code="${code}"]`));
    else if (pin) this.open(pin);
  }

  private open(id: string): void {
    const pin = this.pins.get(id);
    if (!pin || !this.base) return;
    const places = new Set(pin.events.map(({ place }) => `${place.x} ${place.y}`));
    const most = this.base.map.getMaxZoom() - 1;
    if (!pin.office && places.size > 1 && this.base.map.getZoom() < most) {
      const { map } = this.base;
      const at = this.base.view().at(pin.place);
      map.easeTo({ center: map.unproject([at.x, at.y]), zoom: Math.min(most, map.getZoom() + 2), duration: 150 });
      return;
    }
    const newest = [...pin.events].sort((one, other) => other.at - one.at).map(({ key }) => key);
    void this.choose("event", newest, this.pins.buttons.querySelector(`[data-pin="${CSS.escape(id)}"]`));
  }

  /** Mark an office or events, tell the page, and open their card. */
  private async choose(type: "office" | "event", ids: string[], anchor: HTMLElement | null): Promise<void> {
    this.chosen = { type, ids: new Set(ids) };
    this.anchor = anchor;
    this.signs.select(type === "office" ? (ids[0] ?? "") : "");
    this.pins.select(type === "event" ? this.chosen.ids : new Set());
    this.tellChosen();
    const url = new URL(this.dataset["card"] ?? "", location.href);
    for (const id of ids.slice(0, MOST_IN_CARD)) url.searchParams.append(type, id);
    if (ids.length > MOST_IN_CARD) url.searchParams.set("more", String(ids.length - MOST_IN_CARD));
    const answer = await fetch(url);
    if (!answer.ok) return;
    const card = this.piece("card");
    this.piece("card-text").innerHTML = await answer.text();
    card.hidden = false;
    card.scrollTop = 0;
    this.placeCard();
    this.piece<HTMLElement>("close").focus();
  }

  /** Beside what it is about, within the map; on a phone it lies below, by its style. */
  private placeCard(): void {
    const card = this.piece("card");
    if (card.hidden || !this.anchor?.isConnected) return;
    const stage = this.piece("stage").getBoundingClientRect();
    const at = this.anchor.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = card;
    const right = at.right - stage.left + 14;
    const x = right + width < stage.width - 8 ? right : at.left - stage.left - width - 14;
    const y = (at.top + at.bottom) / 2 - stage.top - height / 2;
    const clamp = (value: number, most: number): number => Math.max(8, Math.min(value, most - 8));
    card.style.transform = `translate(${clamp(x, stage.width - width)}px, ${clamp(y, stage.height - height)}px)`;
  }

  private inCard(event: Event): void {
    if ((event.target as Element).closest('[data-piece="close"]')) this.close();
  }

  private tellChosen(): void {
    this.dispatchEvent(new CustomEvent("map-select", { bubbles: true, detail: this.chosen }));
  }

  private close(): void {
    this.piece("card").hidden = true;
    this.chosen = { type: "", ids: new Set() };
    this.tellChosen();
    this.signs.select("");
    this.pins.select(new Set());
    this.anchor?.focus();
    this.anchor = null;
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== "Escape" || this.piece("card").hidden) return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  }

  private fail(part: string): void {
    this.piece("note").hidden = true;
    this.piece(part).hidden = false;
    this.piece<HTMLDetailsElement>("list").open = true;
    this.dataset["failed"] = "";
  }
}

export function defineGeoMap(): void {
  if (!customElements.get("geo-map")) customElements.define("geo-map", GeoMap);
}
