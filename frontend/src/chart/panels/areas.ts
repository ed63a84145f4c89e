/** What the analyst draws himself: boxes and circles behind the items, and texts, each with its name and colour. */
import { heightOf } from "../drawing/areas.ts";
import type { Chart } from "../host.ts";
import type { Area } from "../model.ts";
import { refill, smallButton } from "./small.ts";

const MOST = 60;
const ROOM = 46;
const TEXT_WIDE = 220;

export class AreaPanel {
  private readonly text: HTMLTextAreaElement;
  /** Whose text stands in the field, and what it was. */
  private written = { key: "", text: "" };

  constructor(private readonly chart: Chart) {
    this.text = chart.piece<HTMLTextAreaElement>("area-text");
    this.text.addEventListener("change", () => this.write());
    chart.piece("area-part").addEventListener("click", (event) => this.clicked(event));
    chart.piece("area-edit").addEventListener("change", (event) => {
      const { name, value } = event.target as HTMLInputElement;
      if (name === "area-ink") this.put({ ink: value });
    });
  }

  show(): void {
    const { sheet, wording } = this.chart;
    if (this.written.key !== this.chart.area) this.write();
    const rows = sheet.settings.areas.map((area) => {
      const row = document.createElement("li");
      row.className = "chart-rule";
      const button = document.createElement("button");
      button.type = "button";
      button.className = "chart-way";
      button.dataset["area"] = area.key;
      button.setAttribute("aria-pressed", String(area.key === this.chart.area));
      button.textContent = `${wording.say(`area_${area.form}`)} · ${area.text.split("\n")[0] || wording.say("unnamed")}`;
      row.append(button, smallButton("x", `${wording.say("take_away")}: ${button.textContent}`, "areaAway", area.key));
      return row;
    });
    refill(this.chart.piece("areas"), rows);
    const area = this.chosen;
    this.chart.piece("area-edit").hidden = !area;
    const isWriting = document.activeElement === this.text && area?.key === this.written.key && this.text.value.trim() !== this.written.text;
    if (!area || isWriting) return;
    this.written = { key: area.key, text: area.text.trim() };
    this.text.value = area.text;
    for (const radio of this.chart.querySelectorAll<HTMLInputElement>('input[name="area-ink"]')) radio.checked = radio.value === area.ink;
  }

  act(act: string): void {
    if (act === "add-box") this.add("box");
    if (act === "add-circle") this.add("circle");
    if (act === "add-text") this.add("text");
    if (act === "area-around") this.around();
  }

  private get chosen(): Area | undefined {
    return this.chart.sheet.settings.areas.find(({ key }) => key === this.chart.area);
  }

  /** Around what is selected; with nothing selected, in the middle of what is seen. */
  private add(form: Area["form"]): void {
    const { sheet, wording } = this.chart;
    if (sheet.settings.areas.length >= MOST) return this.chart.say(wording.say("areas_full"));
    const text = form === "text" ? wording.say("area_text_begun") : "";
    const key = crypto.getRandomValues(new Uint32Array(2)).reduce((all, one) => all + one.toString(16), "a");
    const area: Area = { key, form, text, ink: form === "text" ? "chart-1" : "chart-3", ...this.place(form, text) };
    sheet.set({ areas: [...sheet.settings.areas, area] });
    this.chart.draw();
    this.chart.chooseArea(key);
    this.chart.openTab("look");
    this.text.focus();
    this.text.select();
  }

  private place(form: Area["form"], text: string): Pick<Area, "x" | "y" | "w" | "h"> {
    const view = this.chart.canvas.view();
    const around = form === "text" ? null : this.bounds(form);
    const h = form === "text" ? heightOf(text, TEXT_WIDE) : 160;
    return around ?? { x: rounded(view.x), y: rounded(view.y), w: TEXT_WIDE, h };
  }

  /** The smallest area of a form around what is selected; null with nothing selected. */
  private bounds(form: Area["form"]): Pick<Area, "x" | "y" | "w" | "h"> | null {
    const spots = this.chart.sheet.shown.filter(({ key }) => this.chart.chosen.has(key));
    if (!spots.length) return null;
    const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];
    const [left, right, low, top] = [Math.min(...xs) - 1.4 * ROOM, Math.max(...xs) + 1.4 * ROOM, Math.min(...ys) - 1.3 * ROOM, Math.max(...ys) + ROOM];
    const wider = form === "circle" ? Math.SQRT2 : 1;
    return { x: rounded((left + right) / 2), y: rounded((low + top) / 2), w: rounded((right - left) * wider), h: rounded((top - low) * wider) };
  }

  private around(): void {
    const area = this.chosen;
    const bounds = area && this.bounds(area.form);
    if (bounds) this.put(bounds);
    else this.chart.say(this.chart.wording.say("none_chosen"));
  }

  /** What was written belongs to the area of which it was written. */
  private write(): void {
    const area = this.chart.sheet.settings.areas.find(({ key }) => key === this.written.key);
    const text = this.text.value.trim();
    if (!area || text === this.written.text) return;
    this.written.text = text;
    this.put(area.form === "text" ? { text, h: Math.max(area.h, heightOf(text, area.w)) } : { text }, area.key);
  }

  /** Change an area, as one step. */
  private put(made: Partial<Area>, changed = this.chart.area): void {
    const { sheet } = this.chart;
    sheet.set({ areas: sheet.settings.areas.map((one) => (one.key === changed ? { ...one, ...made } : one)) });
    this.chart.draw();
  }

  private clicked(event: Event): void {
    const button = (event.target as Element).closest<HTMLElement>("[data-area], [data-area-away]");
    if (!button) return;
    const { area, areaAway } = button.dataset;
    if (areaAway !== undefined) {
      this.chart.sheet.set({ areas: this.chart.sheet.settings.areas.filter(({ key }) => key !== areaAway) });
      this.chart.draw();
    } else this.chart.chooseArea(area === this.chart.area ? "" : (area ?? ""));
  }
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
