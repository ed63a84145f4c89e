/** Draws offices, their names, the links between them, and the towns; over the map, in the page's own parts. */
import type { Town } from "./base.ts";
import { type Box, Room, type Side, boxAround, spread } from "./layout.ts";
import { type Point, type Projected, type View, projected } from "./view.ts";

export interface Link {
  /** `linked`, `slow`, `down`, `courier`, `planned`. */
  state: string;
  waiting: number;
  /** "3 waiting" */
  waiting_words: string;
}

export interface Office {
  code: string;
  name: string;
  /** What stands below its name. */
  under: string;
  /** All of it in a sentence, for those who hear the page. */
  label: string;
  lat: number;
  lon: number;
  /** How exactly it is known where it stands, in kilometres; 0 where that is not said. */
  accuracy: number;
  /** Drawn by the server, as on every other page. */
  sign: string;
  link: Link | null;
  is_here: boolean;
  /** Of the own country. */
  is_near: boolean;
  /** The smaller, the sooner its name finds room. */
  rank: number;
}

export interface Country {
  name: string;
  at: [number, number];
}

const SIGN_PX = 30;
/** Of offices abroad to which there is no link, while the map shows much of the region. */
const SMALL_PX = 16;
const SMALL_BELOW_ZOOM = 7;
/** Where what waits may be written on a link, as parts of the way to the other office. */
const FLAG_PLACES = [0.6, 0.5, 0.7, 0.4, 0.8, 0.3];
/** Between two signs. */
const GAP_PX = 4;
const LINE_PX = 15;
/** A country is named in its middle, or this far from it. */
const COUNTRY_GAP_PX = 30;
const SVG = "http://www.w3.org/2000/svg";

interface Placed {
  office: Office;
  place: Projected;
  button: HTMLButtonElement;
  words: HTMLElement;
  /** From its place to where it is drawn, in pixels. */
  offset: Point;
  size: number;
  /** Where on its link what waits is written, as a part of the way; null where it stands by the name. */
  flag: number | null;
}

function drawn(name: string, parent: Element): HTMLElement {
  const made = document.createElement("div");
  made.className = name;
  parent.append(made);
  return made;
}

function move(element: HTMLElement, { x, y }: Point): void {
  element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
}

/** The width of a text in the page's face. */
function measure(text: string, size: number, weight: number): number {
  const context = (canvas ??= document.createElement("canvas").getContext("2d"));
  if (!context) return text.length * size * 0.6;
  context.font = `${weight} ${size}px InterVariable, "Noto Sans", sans-serif`;
  return context.measureText(text).width + 4;
}

let canvas: CanvasRenderingContext2D | null = null;

export class Signs {
  private readonly lines: SVGSVGElement;
  private readonly names: HTMLElement;
  private readonly flags: HTMLElement;
  readonly buttons: HTMLElement;
  private placed: Placed[] = [];
  private towns: { words: HTMLElement; place: Projected; zoom: number; width: number }[] = [];
  private countries: { words: HTMLElement; place: Projected; width: number }[] = [];
  private showsLinks = true;

  constructor(stage: HTMLElement, label: string) {
    this.lines = document.createElementNS(SVG, "svg");
    this.lines.setAttribute("class", "map-lines");
    this.lines.setAttribute("aria-hidden", "true");
    stage.append(this.lines);
    this.names = drawn("map-names", stage);
    this.names.setAttribute("aria-hidden", "true");
    this.flags = drawn("map-flags", stage);
    this.flags.setAttribute("aria-hidden", "true");
    this.buttons = drawn("map-signs", stage);
    this.buttons.setAttribute("role", "group");
    this.buttons.setAttribute("aria-label", label);
  }

  /** Say once what has a name on the map beside the offices. */
  name(towns: Town[], countries: Country[], lang: string): void {
    this.towns = towns.map(({ names, at, zoom }) => {
      const text = lang === "ru" ? names.ru : names.en;
      const words = drawn("map-name map-town", this.names);
      words.replaceChildren(worded(["span", text]));
      return { words, place: projected(...at), zoom, width: measure(text, 11.5, 400) + 10 };
    });
    this.countries = countries.map(({ name, at }) => {
      const words = drawn("map-name map-country", this.names);
      words.replaceChildren(worded(["span", name]));
      return { words, place: projected(...at), width: measure(name.toUpperCase(), 12, 600) * 1.25 };
    });
  }

  show(offices: Office[], selected: string): void {
    const before = new Map(this.placed.map((one) => [one.office.code, one]));
    this.placed = offices.map((office) => {
      const old = before.get(office.code);
      before.delete(office.code);
      const button = old?.button ?? this.button(office);
      const words = old?.words ?? drawn("map-name", this.names);
      if (old?.office.sign !== office.sign) button.innerHTML = office.sign;
      button.setAttribute("aria-label", office.label);
      button.dataset["state"] = office.link?.state ?? "";
      words.replaceChildren(worded(["b", office.name], ["span", office.under], ["em", office.link?.waiting_words ?? ""]));
      words.dataset["state"] = office.link?.state ?? "";
      return { office, button, words, place: projected(office.lon, office.lat), offset: old?.offset ?? { x: 0, y: 0 }, size: SIGN_PX, flag: null };
    });
    for (const gone of before.values()) {
      gone.button.remove();
      gone.words.remove();
    }
    this.select(selected);
  }

  private button(office: Office): HTMLButtonElement {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "map-office";
    made.dataset["code"] = office.code;
    made.tabIndex = -1;
    this.buttons.append(made);
    return made;
  }

  select(code: string): void {
    for (const { office, button } of this.placed) {
      const is = office.code === code;
      button.setAttribute("aria-pressed", String(is));
      button.querySelector(".office")?.classList.toggle("office-selected", is);
    }
  }

  toggleLinks(on: boolean): void {
    this.showsLinks = on;
  }

  toggleOffices(on: boolean): void {
    for (const part of [this.buttons, this.flags]) part.hidden = !on;
    this.lines.classList.toggle("map-lines-off", !on);
    for (const { words } of this.placed) words.hidden = !on;
  }

  /** Where an office is drawn. */
  at(code: string, view: View): Point | null {
    const one = this.placed.find(({ office }) => office.code === code);
    return one ? point(one, view) : null;
  }

  /** The office at whose true place a point is, within some pixels. */
  near(place: Projected, view: View, within: number): string {
    const at = view.at(place);
    let nearest = "";
    let least = within;
    for (const one of this.placed) {
      const there = view.at(one.place);
      const distance = Math.hypot(there.x - at.x, there.y - at.y);
      if (distance < least) [nearest, least] = [one.office.code, distance];
    }
    return nearest;
  }

  /** Where signs are drawn after a movement: spread where they would stand on each other. */
  spread(view: View): void {
    for (const one of this.placed) {
      const { is_here, link, is_near } = one.office;
      one.size = is_here || link || is_near || view.zoom >= SMALL_BELOW_ZOOM ? SIGN_PX : SMALL_PX;
      one.button.classList.toggle("map-office-small", one.size === SMALL_PX);
    }
    const there = this.placed.map(({ place, size }) => ({ ...view.at(place), radius: (size + GAP_PX) / 2 }));
    spread(there).forEach(({ x, y }, at) => {
      const one = this.placed[at] as Placed;
      const origin = there[at] as Point;
      one.offset = { x: x - origin.x, y: y - origin.y };
    });
  }

  /** Give names room beside the signs and what else is drawn: offices first, then countries, then towns. */
  label(view: View, taken: readonly Box[]): void {
    const room = new Room(view.width, view.height);
    for (const one of this.placed) room.take(boxAround(point(one, view), one.size + 6, one.size + 4));
    for (const box of taken) room.take(box);
    for (const one of this.placed) {
      one.flag = one.office.link?.waiting ? this.flagPlace(one, view, room) : null;
      const beside = one.words.querySelector("em");
      if (beside) beside.hidden = one.flag !== null;
    }
    for (const one of [...this.placed].sort((a, b) => a.office.rank - b.office.rank)) this.labelOne(one, view, room);
    for (const { words, place, width } of this.countries) {
      stand(words, view.at(place), room, width, LINE_PX, COUNTRY_GAP_PX, ["middle", "right", "below", "above", "left"]);
    }
    for (const { words, place, zoom, width } of this.towns) {
      if (zoom > view.zoom) words.hidden = true;
      else stand(words, view.at(place), room, width, LINE_PX, 4, ["right", "left"]);
    }
    this.move(view);
  }

  private labelOne({ office, words, size, ...one }: Placed, view: View, room: Room): void {
    const waiting = office.link && one.flag === null ? office.link.waiting_words : "";
    const below = [office.under, waiting].filter(Boolean);
    const width = Math.max(measure(office.name, 12.5, 600), ...below.map((line) => measure(line, 11.5, 600)));
    const height = (1 + below.length) * LINE_PX;
    if (size === SMALL_PX) words.hidden = true;
    else stand(words, point(one, view), room, width, height, SIGN_PX / 2 + 5, this.sidesOf(one, view));
  }

  /** The sides of a sign for its name: last the one on which its link leaves it. */
  private sidesOf(one: Pick<Placed, "place" | "offset">, view: View): Side[] {
    const sides: Side[] = ["right", "left", "below", "above"];
    const here = this.placed.find(({ office }) => office.is_here);
    if (!here || here.place === one.place) return sides;
    const [from, to] = [point(one, view), point(here, view)];
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const leaves: Side = Math.abs(dx) > Math.abs(dy) ? (dx > 0 ? "right" : "left") : dy > 0 ? "below" : "above";
    return [...sides.filter((side) => side !== leaves), leaves];
  }

  /** Where on its link the number of what waits has room, as a part of the way; null on one too short. */
  private flagPlace(one: Placed, view: View, room: Room): number | null {
    const width = measure(one.office.link?.waiting_words ?? "", 11.5, 600) + 26;
    const free = FLAG_PLACES.find((part) => {
      const words = { at: this.along(one, part, view), width, height: 22, gap: 0, sides: ["middle"] as const };
      return room.place(words) !== null;
    });
    return free ?? null;
  }

  /** Keep up with the map while it moves: everything goes with it, and nothing is placed anew. */
  move(view: View): void {
    for (const one of this.placed) {
      const at = point(one, view);
      move(one.button, at);
      move(one.words, at);
    }
    for (const { words, place } of [...this.towns, ...this.countries]) move(words, view.at(place));
    this.lines.replaceChildren(...this.leaders(view), ...(this.showsLinks ? this.links(view) : []));
    this.flags.replaceChildren(...(this.showsLinks ? this.waiting(view) : []));
  }

  /** Thin lines from signs that were moved aside to where they really are. */
  private *leaders(view: View): Generator<SVGElement> {
    for (const one of this.placed) {
      if (Math.hypot(one.offset.x, one.offset.y) < 4) continue;
      const [from, to] = [point(one, view), view.at(one.place)];
      yield svg("line", "map-leader", { x1: from.x, y1: from.y, x2: to.x, y2: to.y });
      yield svg("circle", "map-true", { cx: to.x, cy: to.y, r: 2.2 });
    }
  }

  private *links(view: View): Generator<SVGElement> {
    const here = this.placed.find(({ office }) => office.is_here);
    if (!here) return;
    const from = point(here, view);
    for (const one of this.placed) {
      if (!one.office.link || one === here) continue;
      const to = point(one, view);
      yield svg("line", "map-link-halo", { x1: from.x, y1: from.y, x2: to.x, y2: to.y });
      const name = `map-link map-link-${one.office.link.state}`;
      yield svg("line", name, { x1: from.x, y1: from.y, x2: to.x, y2: to.y });
    }
  }

  /** A point on the link to an office, from the own one to it. */
  private along(one: Placed, part: number, view: View): Point {
    const here = this.placed.find(({ office }) => office.is_here) ?? one;
    const [from, to] = [point(here, view), point(one, view)];
    return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
  }

  private *waiting(view: View): Generator<HTMLElement> {
    for (const one of this.placed) {
      const { link } = one.office;
      if (!link?.waiting || one.flag === null) continue;
      const flag = document.createElement("span");
      flag.className = `map-flag map-flag-${link.state}`;
      flag.textContent = link.waiting_words;
      move(flag, this.along(one, one.flag, view));
      yield flag;
    }
  }
}

function point({ place, offset }: Pick<Placed, "place" | "offset">, view: View): Point {
  const { x, y } = view.at(place);
  return { x: x + offset.x, y: y + offset.y };
}

/** Lines of words in one box, which stands beside a place. */
function worded(...lines: [element: string, text: string][]): HTMLElement {
  const box = document.createElement("span");
  box.className = "map-words";
  for (const [element, text] of lines) {
    if (!text) continue;
    const line = document.createElement(element);
    line.textContent = text;
    box.append(line);
  }
  return box;
}

/** Show words on the side on which there is room, or hide them. */
function stand(
  words: HTMLElement,
  at: Point,
  room: Room,
  width: number,
  height: number,
  gap: number,
  sides: readonly Side[],
): void {
  const side = room.place({ at, width, height, gap, sides });
  words.hidden = side === null;
  if (side) words.dataset["side"] = side;
}

function svg(name: string, className: string, attributes: Record<string, number>): SVGElement {
  const made = document.createElementNS(SVG, name);
  made.setAttribute("class", className);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value.toFixed(1));
  return made;
}
