/** Draws events: square pins above their places, with how many they are where they stand together. */
import { type Gathered, URGENCIES } from "./events.ts";
import { type Box, boxAround } from "./layout.ts";
import type { Point, View } from "./view.ts";

export interface Kind {
  form: string;
  name: string;
  icon: string;
}

/** What a pin says to those who hear the page. */
export type Naming = (pin: Gathered) => string;

/** From a place to the foot of its pin; an office's sign lies between. */
const ABOVE_OFFICE_PX = 17;
const PIN_PX = 24;

interface Drawn {
  gathered: Gathered;
  button: HTMLButtonElement;
}

export class Pins {
  readonly buttons: HTMLElement;
  private drawn = new Map<string, Drawn>();

  constructor(
    stage: HTMLElement,
    label: string,
    private readonly icons: string,
    private readonly officeAt: (code: string, view: View) => Point | null,
  ) {
    this.buttons = document.createElement("div");
    this.buttons.className = "map-pins";
    this.buttons.setAttribute("role", "group");
    this.buttons.setAttribute("aria-label", label);
    stage.append(this.buttons);
  }

  show(pins: readonly Gathered[], view: View, kinds: readonly Kind[], naming: Naming): void {
    const before = this.drawn;
    this.drawn = new Map();
    for (const gathered of pins) {
      if (!view.shows(view.at(gathered.place), 40)) continue;
      const button = before.get(gathered.id)?.button ?? this.button();
      before.delete(gathered.id);
      this.drawn.set(gathered.id, { gathered, button });
      this.draw(button, gathered, kinds);
      button.setAttribute("aria-label", naming(gathered));
    }
    for (const { button } of before.values()) button.remove();
    this.move(view);
  }

  private button(): HTMLButtonElement {
    const made = document.createElement("button");
    made.type = "button";
    made.tabIndex = -1;
    this.buttons.append(made);
    return made;
  }

  private draw(button: HTMLButtonElement, gathered: Gathered, kinds: readonly Kind[]): void {
    const count = gathered.events.length;
    const icon = kinds[gathered.kind]?.icon ?? "";
    const state = `${gathered.id} ${count} ${gathered.urgency} ${icon}`;
    if (button.dataset["state"] === state) return;
    button.dataset["state"] = state;
    button.dataset["pin"] = gathered.id;
    const mixed = count > 1 && gathered.urgent > 0 && gathered.urgent < count;
    button.className = `map-pin map-pin-${URGENCIES[mixed ? URGENCIES.length - 1 : gathered.urgency]}`;
    button.replaceChildren(
      ...(mixed ? [this.urgent(gathered.urgent)] : []),
      ...(icon && !mixed ? [this.icon(icon)] : []),
      ...(count > 1 ? [number(count)] : []),
    );
  }

  /** The part of a pin that says how many of its events press: drawn by its style, and said in the pin's name. */
  private urgent(count: number): HTMLElement {
    const made = document.createElement("span");
    made.className = "map-pin-part";
    made.dataset["count"] = String(count);
    made.append(this.icon("alert-triangle"));
    return made;
  }

  private icon(name: string): SVGElement {
    const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    made.setAttribute("class", "icon");
    made.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${this.icons}#${name}`);
    made.append(use);
    return made;
  }

  move(view: View): void {
    for (const { gathered, button } of this.drawn.values()) {
      const at = this.foot(gathered, view);
      button.style.transform = `translate(${at.x.toFixed(1)}px, ${at.y.toFixed(1)}px)`;
    }
  }

  /** What of the map the pins cover. */
  boxes(view: View): Box[] {
    return [...this.drawn.values()].map(({ gathered, button }) => {
      const { x, y } = this.foot(gathered, view);
      return boxAround({ x, y: y - PIN_PX / 2 - 5 }, Math.max(PIN_PX, button.offsetWidth), PIN_PX);
    });
  }

  private foot(gathered: Gathered, view: View): Point {
    const office = gathered.office ? this.officeAt(gathered.office, view) : null;
    return office ? { x: office.x, y: office.y - ABOVE_OFFICE_PX } : view.at(gathered.place);
  }

  get(id: string): Gathered | undefined {
    return this.drawn.get(id)?.gathered;
  }

  select(keys: ReadonlySet<string>): void {
    for (const { gathered, button } of this.drawn.values()) {
      button.setAttribute("aria-pressed", String(gathered.events.some((one) => keys.has(one.key))));
    }
  }
}

function number(count: number): HTMLElement {
  const made = document.createElement("span");
  made.textContent = String(count);
  return made;
}
