/** Finds records as one types, and puts them on the chart. */
import type { Chart } from "../host.ts";

const SETTLE_MS = 180;

export class AddingBox {
  private waiting: number | undefined;
  private asked: AbortController | null = null;
  private readonly field: HTMLInputElement;
  private readonly list: HTMLElement;

  constructor(private readonly chart: Chart) {
    this.field = chart.piece<HTMLInputElement>("search");
    this.list = chart.piece("found");
    this.field.addEventListener("input", () => this.soon());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("focus", () => this.list.childElementCount && this.open(true));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.pick((event.target as Element).closest<HTMLElement>("[data-key]")));
    this.field.addEventListener("blur", () => this.open(false));
  }

  private soon(): void {
    window.clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.ask(), SETTLE_MS);
  }

  private async ask(): Promise<void> {
    this.asked?.abort();
    const q = this.field.value.trim();
    if (!q) {
      this.list.replaceChildren();
      return this.open(false);
    }
    const asked = (this.asked = new AbortController());
    await this.chart.tried(async () => {
      const html = await this.chart.server.search(q, asked.signal).catch((error: unknown) => {
        if (asked.signal.aborted) return null;
        throw error;
      });
      if (html === null) return;
      this.list.innerHTML = html;
      this.options().forEach((one, place) => (one.id = `chart-found-${place}`));
      this.mark(this.options()[0] ?? null);
      this.open(true);
    });
  }

  private options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[data-key]")];
  }

  private mark(option: HTMLElement | null): void {
    for (const one of this.options()) one.setAttribute("aria-selected", String(one === option));
    if (option) {
      this.field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else this.field.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    const options = this.options();
    const at = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown") this.mark(options[Math.min(at + 1, options.length - 1)] ?? null);
    else if (event.key === "ArrowUp") this.mark(options[Math.max(at - 1, 0)] ?? null);
    else if (event.key === "Enter") this.pick(options[at] ?? null);
    else if (event.key === "Escape" && !this.list.hidden) this.open(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private pick(option: HTMLElement | null): void {
    const key = option?.dataset["key"];
    if (!key) return;
    this.field.value = "";
    this.list.replaceChildren();
    this.open(false);
    void this.chart.put([key]);
  }

  private open(is: boolean): void {
    this.list.hidden = !is;
    this.field.setAttribute("aria-expanded", String(is));
  }
}
