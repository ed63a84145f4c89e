/**
 * The chart's items on the map of this office's own server, with the ways of each from place to place.
 *
 * Where they were the server says, once for each item; what is hidden on the chart is not on the map, and no
 * way leads past an event that is hidden.
 */
import "../../map/map.css";
import "./map.css";

import { MercatorCoordinate } from "maplibre-gl";

import { BaseMap, NoMap } from "../../map/base.ts";
import { cells } from "../../map/gathering.ts";
import { type Office, Signs } from "../../map/signs.ts";
import { icon } from "../../page.ts";
import type { Looks, NodeLook } from "../drawing/looks.ts";
import type { Item } from "../model.ts";
import { refill } from "../panels/small.ts";
import type { Server } from "../server.ts";
import type { Sheet } from "../sheet.ts";
import type { Wording } from "../wording.ts";
import { MapPins, type Pin } from "./map-pins.ts";
import { type Leg, type Route, type Stay, routes, standing } from "./stays.ts";
import { moment } from "./times.ts";
import type { Spot, View } from "./view.ts";

/** So much stands in a card; the rest is said in a number. */
const MOST_IN_CARD = 12;
/** So many ways are drawn, those that most went; how many there are is said. */
const MOST_WAYS = 300;
/** What stands this close to an office stands at its sign. */
const AT_OFFICE_PX = 22;
const ZOOM_MS = 150;
const MILLION = 1e6;
/** Keys that move on the map, or press what has the focus there. */
const KEYS: ReadonlySet<string> = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "+", "=", "-", "0", "Enter", " "]);

/** What the map asks of the chart. */
export interface Host {
  piece<T extends HTMLElement>(name: string): T;
  readonly sheet: Sheet;
  readonly wording: Wording;
  readonly server: Server;
  readonly isPresented: boolean;
  choose(keys: Iterable<string>, more?: boolean): void;
  tried(doing: () => Promise<void>, kind?: string): Promise<boolean>;
}

export class ChartMap implements View {
  private base: BaseMap | null = null;
  private grounded: Promise<void> | null = null;
  private signs: Signs | null = null;
  private marks: MapPins | null = null;
  /** Where each item was, as of the state in which the chart knew it. */
  private readonly known = new Map<string, { item: Item | undefined; stays: Stay[] }>();
  private looks: ReadonlyMap<string, NodeLook> = new Map();
  private chosen: ReadonlySet<string> = new Set();
  private ways: Route[] = [];
  /** What the open card is about: the id of a pin or a way. */
  private open = "";
  private wasPresented = false;

  constructor(private readonly host: Host) {
    const act = (name: string, does: () => void): void => this.piece(name).addEventListener("click", does);
    act("in", () => this.base?.map.zoomIn({ duration: ZOOM_MS }));
    act("out", () => this.base?.map.zoomOut({ duration: ZOOM_MS }));
    act("fit", () => this.fit());
    act("close", () => this.close());
    this.toggle("routes", (on) => this.marks?.showRoutes(on));
    this.toggle("offices", (on) => {
      this.signs?.toggleOffices(on);
      this.arrange();
    });
    this.piece("view").addEventListener("click", (event) => this.pressed(event));
    this.piece("view").addEventListener("keydown", (event) => this.key(event));
    this.piece("list").addEventListener("toggle", () => this.sum());
  }

  private piece<T extends HTMLElement>(name: string): T {
    return this.host.piece<T>(`map-${name}`);
  }

  private toggle(name: string, does: (on: boolean) => void): void {
    const button = this.piece(name);
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      does(on);
    });
  }

  /** Draw what is shown on the chart, as it looks there. */
  async draw({ nodes }: Looks): Promise<void> {
    this.looks = new Map(nodes.map((look) => [look.key, look]));
    // A card says more than is shown before others.
    if (this.wasPresented !== this.host.isPresented) this.shut();
    this.wasPresented = this.host.isPresented;
    this.grounded ??= this.ground();
    await Promise.all([this.grounded, this.learn()]);
    const ways = routes(this.shown()).sort((one, other) => other.legs.length - one.legs.length);
    this.ways = ways.slice(0, MOST_WAYS);
    this.piece("left").hidden = ways.length <= MOST_WAYS;
    this.piece("left").textContent = this.host.wording.of("ways", this.ways.length, ways.length);
    this.arrange();
    this.sum();
    if (!("drawn" in this.piece("view").dataset)) this.fit();
    this.piece("view").dataset["drawn"] = "";
  }

  choose(chosen: ReadonlySet<string>): void {
    this.chosen = chosen;
    this.marks?.choose(chosen);
    if (![...(this.marks?.keys(this.open) ?? [])].some((key) => chosen.has(key))) this.shut();
  }

  /** Places in millionths of the map's width, with the map's own scale. */
  spot(): Spot | null {
    if (!this.base) return null;
    const { x, y } = MercatorCoordinate.fromLngLat(this.base.map.getCenter());
    return { x: x * MILLION, y: y * MILLION, scale: this.base.map.getZoom() };
  }

  look({ x, y, scale }: Spot): void {
    this.base?.map.jumpTo({ center: new MercatorCoordinate(x / MILLION, y / MILLION).toLngLat(), zoom: scale });
  }

  remove(): void {
    this.base?.remove();
    this.base = null;
    for (const layer of this.piece("stage").querySelectorAll(".map-layer")) layer.remove();
    delete this.piece("view").dataset["drawn"];
  }

  /** Ask where the items are of which that is not known, or of which something else is known since. */
  private async learn(): Promise<void> {
    const { items, shown } = this.host.sheet;
    const keys = shown.map(({ key }) => key).filter((key) => !this.known.has(key) || this.known.get(key)?.item !== items.get(key));
    if (!keys.length) return;
    await this.host.tried(async () => {
      const { places } = await this.host.server.ask<{ places: Record<string, Stay[]> }>(this.piece("view").dataset["places"] ?? "", { keys });
      for (const key of keys) this.known.set(key, { item: items.get(key), stays: places[key] ?? [] });
    }, "looking");
  }

  private async ground(): Promise<void> {
    try {
      const base = await BaseMap.draw(this.piece("canvas"), document.documentElement.dataset["map"] ?? "", this.piece("view").dataset["label"] ?? "");
      this.base = base;
      const { layer } = this;
      this.signs = new Signs(layer, "");
      this.signs.buttons.inert = true;
      this.signs.toggleLinks(false);
      this.signs.name(base.towns, base.frame.countries, document.documentElement.lang);
      this.signs.show(await offices(base.frame.offices), "");
      const { pins, routes: ways } = this.piece("view").dataset;
      const naming = { pin: (pin: Pin) => this.nameOf(pin), route: (route: Route) => this.wayOf(route) };
      this.marks = new MapPins(layer, naming, { pins: pins ?? "", routes: ways ?? "" }, (code, view) => this.signs?.at(code, view) ?? null);
      this.marks.choose(this.chosen);
      base.map.on("move", () => this.keepUp());
      base.map.on("moveend", () => this.arrange());
      base.map.on("resize", () => this.arrange());
    } catch (error) {
      if (!(error instanceof NoMap)) throw error;
      this.piece("cannot").hidden = false;
      this.piece<HTMLDetailsElement>("list").open = true;
    } finally {
      this.piece("note").hidden = true;
    }
  }

  private get layer(): HTMLElement {
    const made = document.createElement("div");
    made.className = "map-layer";
    this.piece("canvas").after(made);
    return made;
  }

  /** Where the items are that are shown, without what is known of them by an event that is hidden. */
  private shown(): Map<string, Stay[]> {
    const { sheet } = this.host;
    return new Map(sheet.shown.map(({ key }) => [key, (this.known.get(key)?.stays ?? []).filter(({ by }) => this.tells(key, by))]));
  }

  /** Before others only what is shown tells where something was: their marking speaks of nothing else. */
  private tells(key: string, by: string): boolean {
    const { sheet, isPresented } = this.host;
    return isPresented ? by === key || sheet.isShown(by) : !sheet.placed.get(by)?.hidden;
  }

  private arrange(): void {
    const { base, signs, marks } = this;
    if (!base || !signs || !marks) return;
    const view = base.view();
    signs.spread(view);
    const off = this.piece("offices").getAttribute("aria-pressed") !== "true";
    const pins = cells(standing(this.shown()), view, {
      at: (place) => (off ? "" : signs.near(place, view, AT_OFFICE_PX)),
      drawn: (office) => signs.at(office, view),
    });
    marks.show(pins, this.ways, this.looks);
    marks.choose(this.chosen);
    marks.move(view);
    signs.label(view, marks.boxes(view));
    this.placeCard();
  }

  private keepUp(): void {
    if (!this.base) return;
    const view = this.base.view();
    this.signs?.move(view);
    this.marks?.move(view);
    this.placeCard();
  }

  /** Show what is selected; where that has no place, or nothing is, all. */
  private fit(): void {
    const all = this.shown();
    const chosen = [...this.chosen].flatMap((key) => all.get(key) ?? []);
    const stays = chosen.length ? chosen : [...all.values()].flat();
    if (!this.base || !stays.length) return;
    const [lons, lats] = [stays.map(({ longitude }) => longitude), stays.map(({ latitude }) => latitude)];
    const above = this.piece("layers").offsetTop + this.piece("layers").offsetHeight;
    this.base.fit([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)], above / 2);
    this.arrange();
  }

  private pressed(event: MouseEvent): void {
    const button = (event.target as Element).closest<HTMLElement>("[data-pin], [data-route], [data-item]");
    if (!button) return;
    const { pin, route, item } = button.dataset;
    const more = event.ctrlKey || event.metaKey || event.shiftKey;
    if (item) this.host.choose([item], more);
    else if (pin) this.press(pin, more);
    else if (route) this.cross(route, more);
  }

  /** One is selected; several are looked at more closely, or where they are at one place, named. */
  private press(id: string, more: boolean): void {
    const pin = this.marks?.pin(id);
    if (!pin || !this.base) return;
    const { map } = this.base;
    const places = new Set(pin.things.map(({ place }) => `${place.x} ${place.y}`));
    if (places.size > 1 && !more && !pin.office && map.getZoom() < map.getMaxZoom() - 1) {
      const at = this.base.view().at(pin.place);
      map.easeTo({ center: map.unproject([at.x, at.y]), zoom: map.getZoom() + 2, duration: ZOOM_MS });
      return;
    }
    this.host.choose(pin.things.map(({ key }) => key), more);
    const [only] = pin.things;
    const stays = pin.things.length === 1 && only ? (this.shown().get(only.key) ?? []) : [];
    this.card(id, this.nameOf(pin), stays.length ? stays.map((stay) => this.row(this.sayStay(stay))) : pin.things.map(({ key, stay }) => this.row(this.sayStay(stay), key)));
  }

  private cross(id: string, more: boolean): void {
    const route = this.marks?.route(id);
    if (!route) return;
    this.host.choose(route.legs.map(({ key }) => key), more);
    this.card(id, this.wayOf(route), route.legs.map((leg) => this.row(this.sayLeg(leg), leg.key)));
  }

  private card(id: string, title: string, rows: HTMLElement[]): void {
    this.open = id;
    const head = document.createElement("b");
    head.className = "map-card-title";
    head.textContent = title;
    const list = document.createElement("ul");
    list.className = "map-stays";
    list.append(...rows.slice(0, MOST_IN_CARD));
    if (rows.length > MOST_IN_CARD) list.append(this.row([this.host.wording.count("more", rows.length - MOST_IN_CARD)]));
    this.piece("card-text").replaceChildren(head, list);
    this.piece("card").hidden = false;
    this.piece("card").scrollTop = 0;
    this.placeCard();
  }

  private row(lines: string[], key = ""): HTMLElement {
    const made = document.createElement("li");
    const look = this.looks.get(key);
    if (look) {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset["item"] = key;
      button.append(icon(look.icon), look.label);
      made.append(button);
    }
    for (const line of lines) {
      const part = document.createElement("span");
      part.textContent = line;
      made.append(part);
    }
    return made;
  }

  /** Beside what it is about, within the map; on a phone it lies below, by its style. */
  private placeCard(): void {
    const card = this.piece("card");
    const anchor = this.marks?.button(this.open);
    if (card.hidden || !anchor) return;
    const stage = this.piece("stage").getBoundingClientRect();
    const at = anchor.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = card;
    const right = at.right - stage.left + 14;
    const x = right + width < stage.width - 8 ? right : at.left - stage.left - width - 14;
    const clamp = (value: number, most: number): number => Math.max(8, Math.min(value, most - 8));
    const y = clamp((at.top + at.bottom) / 2 - stage.top - height / 2, stage.height - height);
    card.style.transform = `translate(${clamp(x, stage.width - width)}px, ${y}px)`;
  }

  private close(): void {
    this.marks?.button(this.open)?.focus();
    this.shut();
  }

  private shut(): void {
    this.piece("card").hidden = true;
    this.open = "";
  }

  /** What the map does by keys, the chart beneath it does not do too. */
  private key(event: KeyboardEvent): void {
    if (KEYS.has(event.key)) event.stopPropagation();
    if (event.key === "Escape" && !this.piece("card").hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }

  private nameOf({ things }: Pin): string {
    const [first] = things;
    if (!first) return "";
    const where = placeName(first.stay);
    return things.length === 1 ? `${this.called(first.key)}: ${where}` : `${where}: ${this.host.wording.count("items", things.length)}`;
  }

  private wayOf({ legs }: Route): string {
    const [first] = legs;
    if (!first) return "";
    const who = legs.length === 1 ? this.called(first.key) : this.host.wording.count("items", new Set(legs.map(({ key }) => key)).size);
    return `${who}: ${placeName(first.from)} → ${placeName(first.to)}`;
  }

  private called(key: string): string {
    return this.host.sheet.items.get(key)?.name ?? "";
  }

  /** When, where and how exactly, by what that is known. */
  private sayStay(stay: Stay): string[] {
    const { wording } = this.host;
    const when = stay.since === null ? wording.say("no_time") : moment(stay.since);
    const how = stay.accuracy_km ? ` ± ${exactly(stay.accuracy_km)} ${wording.say("km")}` : "";
    const by = stay.name === stay.place ? "" : stay.name;
    return [when, `${placeName(stay)}${how}`, [by, wording.count("sources", stay.sources)].filter(Boolean).join(" · ")];
  }

  /** Both times, how far it is, and why little is known of the way. */
  private sayLeg({ from, to, km, seconds, unsure }: Leg): string[] {
    const { wording } = this.host;
    const days = Math.round(seconds / 86_400);
    const reason = { "": "", gap: wording.count("way_gap", days), accuracy: wording.say("way_accuracy") }[unsure];
    const far = `${exactly(km)} ${wording.say("km")}`;
    return [moment(from.until ?? from.since ?? 0), `→ ${moment(to.since ?? 0)}`, [far, reason].filter(Boolean).join(" · ")];
  }

  /** Say how many have no place; which, and the same as the map in words, where that is wanted. */
  private sum(): void {
    const all = this.shown();
    const without = [...all].filter(([, stays]) => !stays.length).map(([key]) => key);
    this.piece("nowhere").hidden = without.length < all.size;
    this.piece("summary").textContent = this.host.wording.of("without_place", without.length, all.size);
    if (!this.piece<HTMLDetailsElement>("list").open) return;
    refill(this.piece("list-without"), without.map((key) => this.row([], key)));
    refill(
      this.piece("list-with"),
      [...all].flatMap(([key, stays]) => (stays.length ? [this.row(stays.map((stay) => this.sayStay(stay).join(" · ")), key)] : [])),
    );
  }
}

function placeName(stay: Stay): string {
  return stay.place || `${stay.latitude.toFixed(3)}, ${stay.longitude.toFixed(3)}`;
}

function exactly(km: number): string {
  return new Intl.NumberFormat(document.documentElement.lang, { maximumSignificantDigits: 2 }).format(km);
}

/** The offices of the network; none where they do not come: the map says enough without them. */
async function offices(address: string): Promise<Office[]> {
  try {
    const answer = await fetch(address);
    return answer.ok ? ((await answer.json()) as { offices: Office[] }).offices : [];
  } catch {
    return [];
  }
}
