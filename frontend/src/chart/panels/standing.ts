/** As what the chosen items stand: their sign, a photograph, a frame, a line; and which photograph. */
import type { Chart } from "../host.ts";
import type { ShownAs } from "../model.ts";

export class StandingPanel {
  private readonly select: HTMLSelectElement;
  private asked: AbortController | null = null;

  constructor(private readonly chart: Chart) {
    this.select = chart.piece<HTMLSelectElement>("shown-as");
    this.select.addEventListener("change", () => this.stand(this.select.value as ShownAs | ""));
    chart.piece("photographs").addEventListener("click", (event) => {
      const key = (event.target as Element).closest<HTMLElement>("[data-photograph]")?.dataset["photograph"];
      if (key) this.photograph(key);
    });
  }

  /** Show as what the chosen stand; of one that stands as its photograph, offer which. */
  show(): void {
    const { chart } = this;
    const some = [...chart.chosen].map((key) => chart.sheet.placed.get(key)).filter((one) => one !== undefined);
    const as = new Set(some.map((one) => one.as ?? ""));
    chart.piece("standing").hidden = !some.length;
    if (as.size > 1) this.select.selectedIndex = -1;
    else this.select.value = [...as][0] ?? "";
    this.asked?.abort();
    const [one] = some;
    const offers = some.length === 1 && one?.as === "picture";
    chart.piece("photographs").hidden = !offers;
    chart.piece("photographs").replaceChildren();
    if (offers) void this.offer(one.key, one.picture ?? "");
  }

  private stand(as: ShownAs | ""): void {
    const { chart } = this;
    chart.sheet.change((placed) => {
      for (const key of chart.chosen) {
        const { as: _, ...one } = placed.get(key) ?? {};
        if ("key" in one) placed.set(key, as ? { ...one, as } : one);
      }
    });
    chart.draw();
    this.show();
  }

  private photograph(picture: string): void {
    const [key] = this.chart.chosen;
    if (!key) return;
    this.chart.edit([key], { picture });
    this.press(picture);
  }

  private async offer(key: string, picture: string): Promise<void> {
    const asked = (this.asked = new AbortController());
    await this.chart.tried(async () => {
      const html = await this.chart.server.photographs(key, asked.signal).catch((error: unknown) => {
        if (asked.signal.aborted) return "";
        throw error;
      });
      if (asked.signal.aborted) return;
      this.chart.piece("photographs").innerHTML = html;
      this.press(picture);
    }, "looking");
  }

  private press(picture: string): void {
    for (const button of this.chart.querySelectorAll<HTMLElement>("[data-photograph]")) {
      button.setAttribute("aria-pressed", String(button.dataset["photograph"] === picture));
    }
  }
}
