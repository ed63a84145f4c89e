/** Keeps the chart: as its next version, or as a chart of one's own. */
import { announce, officeTime } from "../page.ts";
import type { Chart } from "./host.ts";

type Host = Pick<Chart, "sheet" | "server" | "wording" | "piece" | "querySelector" | "contains" | "tried">;

export class Saving {
  private readonly field: HTMLInputElement;
  /** Whether this is the officer's own chart, to be saved under its name. */
  private readonly isOwn: boolean;
  private savedName: string;
  private isBusy = false;

  /** `number` is that of the version that was opened; `changed` is told when a name is written, and when it is saved. */
  constructor(
    private readonly chart: Host,
    private number: number,
    private readonly changed: () => void,
    ended: AbortSignal,
  ) {
    this.field = chart.piece<HTMLInputElement>("name");
    this.isOwn = chart.querySelector('[data-act="save"]') !== null;
    this.savedName = this.field.value;
    this.field.addEventListener("input", changed, { signal: ended });
    window.addEventListener("beforeunload", (event) => this.asksFirst(event), { signal: ended });
  }

  /** Whether nothing would be lost. Of a chart of somebody else's the name is that of one's copy. */
  get isSaved(): boolean {
    return this.chart.sheet.isSaved && (!this.isOwn || this.field.value === this.savedName);
  }

  private asksFirst(event: Event): void {
    this.take();
    if (!this.isSaved) event.preventDefault();
  }

  /** What is being written belongs to the chart, though its field still has the keys. */
  private take(): void {
    const field = document.activeElement;
    const isText = field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.dataset["piece"] === "own-badge");
    if (isText && this.chart.contains(field)) field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** What is made meanwhile is not saved by it. */
  async save(): Promise<void> {
    if (this.isBusy) return;
    this.take();
    this.isBusy = true;
    const { chart, field } = this;
    const [made, name] = [chart.sheet.mark(), field.value];
    await chart.tried(async () => {
      const saved = await chart.server.save(this.number, name, chart.sheet.content());
      this.number = saved.number;
      this.savedName = name;
      chart.sheet.keep(made);
      const said = chart.wording.fill("version", { n: saved.number, at: officeTime(new Date(saved.at * 1000)).slice(0, 5) });
      chart.piece("version").textContent = said;
      this.changed();
      announce(said);
    }, "save").finally(() => (this.isBusy = false));
  }

  /** Save it as a chart of one's own, and go on there. */
  async copy(): Promise<void> {
    const { chart } = this;
    const { sheet, server } = chart;
    this.take();
    await chart.tried(async () => {
      const made = sheet.mark();
      const { url } = await server.copy(this.field.value, sheet.content());
      sheet.keep(made);
      this.savedName = this.field.value;
      location.assign(url);
    }, "save");
  }
}
