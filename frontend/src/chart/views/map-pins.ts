/** Draws items and their ways over a map: pins shaped as on the chart, lines with an arrow half-way along each. */
import type { Cell } from "../../map/gathering.ts";
import { type Box, boxAround } from "../../map/layout.ts";
import { makeStop, rove } from "../../map/roving.ts";
import type { Point, View } from "../../map/view.ts";
import { icon } from "../../page.ts";
import type { NodeLook } from "../drawing/looks.ts";
import type { Route, Standing } from "./stays.ts";

const SVG = "http://www.w3.org/2000/svg";
/** So many kinds of things are drawn in a pin of several. */
const MOST_ICONS = 3;
/** A way bends by this part of its length, so that the way back lies beside it. */
const BEND = 0.1;
/** Shorter ways on the screen have no room for an arrow. */
const LEAST_PX = 34;
const PIN_PX = 28;
/** From a place to the foot of its pin; an office's sign lies between. */
const ABOVE_OFFICE_PX = 17;

export type Pin = Cell<Standing>;

/** What pins and ways are called, for those who hear the page. */
export interface Naming {
  pin(pin: Pin): string;
  route(route: Route): string;
}

export class MapPins {
  readonly pins: HTMLElement;
  readonly arrows: HTMLElement;
  private readonly lines: SVGSVGElement;
  private readonly drawn = new Map<string, { pin: Pin; button: HTMLButtonElement }>();
  private readonly ways = new Map<string, { route: Route; line: SVGPathElement; arrow: HTMLButtonElement }>();

  constructor(
    layer: HTMLElement,
    private readonly naming: Naming,
    words: { pins: string; routes: string },
    private readonly officeAt: (code: string, view: View) => Point | null,
  ) {
    this.lines = document.createElementNS(SVG, "svg");
    this.lines.setAttribute("class", "map-lines");
    this.lines.setAttribute("aria-hidden", "true");
    layer.append(this.lines);
    this.arrows = group("map-signs map-ways", words.routes, layer);
    this.pins = group("map-pins", words.pins, layer);
  }

  show(pins: readonly Pin[], routes: readonly Route[], looks: ReadonlyMap<string, NodeLook>): void {
    const [old, gone] = [new Map(this.drawn), new Map(this.ways)];
    this.drawn.clear();
    for (const pin of pins) {
      const id = idOf(pin);
      const button = old.get(id)?.button ?? made(this.pins);
      old.delete(id);
      this.drawn.set(id, { pin, button });
      button.dataset["pin"] = id;
      dress(button, pin, looks);
      button.setAttribute("aria-label", this.naming.pin(pin));
    }
    this.ways.clear();
    for (const route of routes) {
      const before = gone.get(route.id);
      gone.delete(route.id);
      const way = { route, line: before?.line ?? this.line(), arrow: before?.arrow ?? this.arrow() };
      this.ways.set(route.id, way);
      way.arrow.dataset["route"] = route.id;
      way.arrow.setAttribute("aria-label", this.naming.route(route));
      way.line.style.strokeWidth = `${1.6 + Math.min(4, Math.log2(route.legs.length))}px`;
      const faint = route.legs.every(({ key }) => looks.get(key)?.faint);
      const unsure = route.legs.every((leg) => leg.unsure);
      for (const part of [way.line, way.arrow]) {
        part.classList.toggle("is-faint", faint);
        part.classList.toggle("is-unsure", unsure);
      }
    }
    for (const { button } of old.values()) button.remove();
    for (const { line, arrow } of gone.values()) {
      line.remove();
      arrow.remove();
    }
    makeStop(this.pins);
  }

  private line(): SVGPathElement {
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("class", "map-way");
    this.lines.append(line);
    return line;
  }

  private arrow(): HTMLButtonElement {
    const arrow = made(this.arrows);
    arrow.className = "map-arrow";
    arrow.append(icon("arrow-right"));
    return arrow;
  }

  /** Keep up with the map. */
  move(view: View): void {
    for (const { pin, button } of this.drawn.values()) {
      const foot = this.foot(pin, view);
      button.hidden = !view.shows(foot, 40);
      place(button, foot);
    }
    for (const { route, line, arrow } of this.ways.values()) {
      const [from, to] = [view.at(route.from), view.at(route.to)];
      const bend = { x: (from.x + to.x) / 2 - (to.y - from.y) * BEND, y: (from.y + to.y) / 2 + (to.x - from.x) * BEND };
      line.setAttribute("d", `M${at(from)} Q${at(bend)} ${at(to)}`);
      const half = { x: from.x / 4 + bend.x / 2 + to.x / 4, y: from.y / 4 + bend.y / 2 + to.y / 4 };
      arrow.hidden = Math.hypot(to.x - from.x, to.y - from.y) < LEAST_PX || !view.shows(half);
      place(arrow, half);
      (arrow.firstElementChild as SVGElement).style.rotate = `${Math.atan2(to.y - from.y, to.x - from.x)}rad`;
    }
    makeStop(this.arrows);
  }

  private foot(pin: Pin, view: View): Point {
    const office = pin.office ? this.officeAt(pin.office, view) : null;
    return office ? { x: office.x, y: office.y - ABOVE_OFFICE_PX } : view.at(pin.place);
  }

  /** What of the map the pins cover. */
  boxes(view: View): Box[] {
    return [...this.drawn.values()].map(({ pin, button }) => {
      const { x, y } = this.foot(pin, view);
      return boxAround({ x, y: y - PIN_PX / 2 }, Math.max(PIN_PX, button.offsetWidth), PIN_PX);
    });
  }

  /** Mark what is chosen: pins that hold some of it, and its ways. */
  choose(chosen: ReadonlySet<string>): void {
    for (const { pin, button } of this.drawn.values()) {
      button.setAttribute("aria-pressed", String(pin.things.some(({ key }) => chosen.has(key))));
    }
    for (const { route, line, arrow } of this.ways.values()) {
      const is = route.legs.some(({ key }) => chosen.has(key));
      arrow.setAttribute("aria-pressed", String(is));
      line.classList.toggle("is-chosen", is);
      if (is) this.lines.append(line);
    }
  }

  pin(id: string): Pin | undefined {
    return this.drawn.get(id)?.pin;
  }

  route(id: string): Route | undefined {
    return this.ways.get(id)?.route;
  }

  /** The items of a pin, or of a way. */
  keys(id: string): string[] {
    const all = this.drawn.get(id)?.pin.things ?? this.ways.get(id)?.route.legs ?? [];
    return all.map(({ key }) => key);
  }

  button(id: string): HTMLElement | undefined {
    return this.drawn.get(id)?.button ?? this.ways.get(id)?.arrow;
  }

  showRoutes(on: boolean): void {
    this.arrows.hidden = !on;
    this.lines.classList.toggle("map-lines-off", !on);
  }
}

function idOf({ things }: Pin): string {
  return things[0]?.key ?? "";
}

/** One as on the chart; of several their kinds, and how many. */
function dress(button: HTMLButtonElement, { things }: Pin, looks: ReadonlyMap<string, NodeLook>): void {
  const some = things.map(({ key }) => looks.get(key)).filter((look) => look !== undefined);
  const first = some[0];
  if (!first) return;
  const kinds = [...new Set(some.map((look) => look.icon))].slice(0, MOST_ICONS);
  const one = some.length === 1;
  const faint = some.every((look) => look.faint);
  const state = one ? `${first.shape} ${first.icon} ${first.fill} ${first.line} ${first.ink} ${first.badge}` : `${kinds.join(" ")} ${some.length}`;
  if (button.dataset["state"] === state) return void button.classList.toggle("is-faint", faint);
  button.dataset["state"] = state;
  button.className = `map-item map-item-${one ? first.shape : "several"}`;
  button.classList.toggle("is-faint", faint);
  for (const [name, ink] of [["fill", first.fill], ["line", first.line], ["ink", first.ink]] as const) {
    if (one) button.style.setProperty(`--pin-${name}`, `var(--${ink})`);
    else button.style.removeProperty(`--pin-${name}`);
  }
  const face = document.createElement("span");
  face.className = "map-item-face";
  face.append(...kinds.map(icon), ...(one ? [] : [words(String(some.length))]));
  button.replaceChildren(face, ...(one && first.badge ? [badge(first.badge)] : []));
}

function badge(text: string): HTMLElement {
  const made = words(text);
  made.className = "map-item-badge";
  return made;
}

function words(text: string): HTMLElement {
  const made = document.createElement("span");
  made.textContent = text;
  return made;
}

function group(name: string, label: string, layer: HTMLElement): HTMLElement {
  const made = document.createElement("div");
  made.className = name;
  made.setAttribute("role", "group");
  made.setAttribute("aria-label", label);
  layer.append(made);
  rove(made);
  return made;
}

function made(parent: HTMLElement): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.tabIndex = -1;
  parent.append(button);
  return button;
}

function place(element: HTMLElement, { x, y }: Point): void {
  element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
}

function at({ x, y }: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
