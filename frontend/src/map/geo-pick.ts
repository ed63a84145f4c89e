/**
 * `<geo-pick>` around the field of a position: a map in place on which it can be pointed at.
 *
 * The field stays what it is: what is typed moves the pin, and without this it is typed alone. How many
 * digits are taken over is as exact as the map shows, which is said beside it.
 */
import { announce } from "../page.ts";
import { BaseMap, NoMap } from "./base.ts";
import { Signs } from "./signs.ts";
import { projected } from "./view.ts";

/** "40.550, 72.750", as the field reads it; other ways of writing are left to the server. */
const TYPED = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/;
/** How exactly a finger or a mouse points. */
const POINTING_PX = 4;
const KM_PER_DEGREE = 111;
const STEP_PX = 40;
const FINE_STEP_PX = 4;
const CLOSE_ZOOM = 9;

class GeoPick extends HTMLElement {
  private base: BaseMap | null = null;
  private signs: Signs | null = null;

  connectedCallback(): void {
    const opener = this.piece("open");
    opener.hidden = false;
    opener.addEventListener("click", () => void this.toggle());
    this.piece("close").addEventListener("click", () => this.close());
    this.piece("in").addEventListener("click", () => this.base?.map.zoomIn({ duration: 150 }));
    this.piece("out").addEventListener("click", () => this.base?.map.zoomOut({ duration: 150 }));
    this.piece("take").addEventListener("click", () => this.takeMiddle());
    this.input.addEventListener("input", () => this.follow());
    this.addEventListener("keydown", (event) => this.key(event));
  }

  disconnectedCallback(): void {
    this.base?.remove();
    this.base = null;
  }

  private piece(name: string): HTMLElement {
    return this.querySelector(`[data-piece="${name}"]`) as HTMLElement;
  }

  private get input(): HTMLInputElement {
    return this.querySelector("input") as HTMLInputElement;
  }

  private get isOpen(): boolean {
    return !this.piece("panel").hidden;
  }

  private async toggle(): Promise<void> {
    if (this.isOpen) return this.close();
    this.piece("panel").hidden = false;
    this.piece("open").setAttribute("aria-expanded", "true");
    this.closest(".field")?.classList.add("field-whole");
    await this.draw();
    this.base?.map.getCanvas().focus();
  }

  private close(): void {
    this.piece("panel").hidden = true;
    this.piece("open").setAttribute("aria-expanded", "false");
    this.closest(".field")?.classList.remove("field-whole");
    this.piece("open").focus();
  }

  private async draw(): Promise<void> {
    if (this.base) return this.follow();
    try {
      this.base = await BaseMap.draw(
        this.piece("canvas"),
        document.documentElement.dataset["map"] ?? "",
        this.dataset["label"] ?? "",
      );
    } catch (error) {
      if (!(error instanceof NoMap)) throw error;
      this.piece("cannot").hidden = false;
      return;
    }
    const { map, frame, towns } = this.base;
    map.keyboard.disable();
    map.scrollZoom.disable();
    this.signs = new Signs(this.piece("layer"), "");
    this.signs.name(towns, frame.countries, document.documentElement.lang);
    map.on("move", () => this.keepUp());
    map.on("moveend", () => this.arrange());
    map.on("click", ({ lngLat }) => this.take(lngLat.lng, lngLat.lat));
    if (!this.typed && frame.here) map.jumpTo({ center: frame.here, zoom: 8 });
    this.follow();
    this.arrange();
  }

  private get typed(): { lat: number; lon: number } | null {
    const found = TYPED.exec(this.input.value);
    const [lat, lon] = [Number(found?.[1]), Number(found?.[2])];
    return found && Math.abs(lat) <= 85 && Math.abs(lon) <= 180 ? { lat, lon } : null;
  }

  /** Go to what stands in the field. */
  private follow(): void {
    const { base, typed } = this;
    if (base && typed && !base.map.getBounds().contains([typed.lon, typed.lat])) {
      base.map.jumpTo({ center: [typed.lon, typed.lat], zoom: Math.max(base.map.getZoom(), CLOSE_ZOOM) });
    } else if (base && typed && base.map.getZoom() < 6) {
      base.map.jumpTo({ center: [typed.lon, typed.lat], zoom: CLOSE_ZOOM });
    }
    this.keepUp();
  }

  private arrange(): void {
    if (!this.base) return;
    this.signs?.label(this.base.view(), []);
    this.keepUp();
  }

  private keepUp(): void {
    if (!this.base) return;
    const view = this.base.view();
    this.signs?.move(view);
    const pin = this.piece("pin");
    pin.hidden = !this.typed;
    if (this.typed) {
      const { x, y } = view.at(projected(this.typed.lon, this.typed.lat));
      pin.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    }
    this.piece("accuracy").textContent = (this.dataset["accuracy"] ?? "").replace("{km}", kilometres(this.accuracyKm));
  }

  private get accuracyKm(): number {
    return (this.base?.view().kmPerPixel ?? 1) * POINTING_PX;
  }

  private takeMiddle(): void {
    const middle = this.base?.map.getCenter();
    if (middle) this.take(middle.lng, middle.lat);
  }

  private take(lon: number, lat: number): void {
    const digits = Math.max(1, Math.min(5, Math.ceil(Math.log10(KM_PER_DEGREE / this.accuracyKm))));
    this.input.value = `${lat.toFixed(digits)}, ${lon.toFixed(digits)}`;
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    announce((this.dataset["taken"] ?? "").replace("{position}", this.input.value));
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Escape" && this.isOpen) {
      event.preventDefault();
      event.stopPropagation();
      return this.close();
    }
    if (!this.base || event.target !== this.base.map.getCanvas() || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = event.shiftKey ? FINE_STEP_PX : STEP_PX;
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (way) this.base.map.panBy([(way[0] ?? 0) * step, (way[1] ?? 0) * step], { animate: false });
    else if (event.key === "+" || event.key === "=") this.base.map.zoomIn({ animate: false });
    else if (event.key === "-") this.base.map.zoomOut({ animate: false });
    else if (event.key === "Enter") this.takeMiddle();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

function kilometres(km: number): string {
  return new Intl.NumberFormat(document.documentElement.lang, { maximumSignificantDigits: 1 }).format(km);
}

export function defineGeoPick(): void {
  if (!customElements.get("geo-pick")) customElements.define("geo-pick", GeoPick);
}
