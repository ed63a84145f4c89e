/** Shows the chart to others over the whole screen: its snapshots step by step, its marking above and below. */
import { announce } from "../page.ts";
import type { Chart } from "./host.ts";
import type { Said } from "./server.ts";

/** With these one sees nearer or further; nothing else that keys do is done before others. */
const NEARER = ["+", "=", "-", "0"];
const STEPS: Record<string, number> = { ArrowRight: 1, PageDown: 1, " ": 1, Enter: 1, ArrowLeft: -1, PageUp: -1 };

export class Presenting {
  private place = 0;
  /** The view in which it began. */
  private seen = "chart";
  private before: { x: number; y: number; scale: number } | null = null;

  constructor(
    private readonly chart: Chart,
    ended: AbortSignal,
    private readonly over: () => void,
  ) {
    chart.addEventListener("click", (event) => {
      const does = (event.target as Element).closest<HTMLElement>("button[data-present]")?.dataset["present"];
      if (does === "begin") void this.begin();
      else if (does === "end") this.end();
      else if (does) this.step(Number(does));
    });
    document.addEventListener("keydown", (event) => this.key(event), { signal: ended, capture: true });
    document.addEventListener("fullscreenchange", () => document.fullscreenElement || this.end(), { signal: ended });
    ended.addEventListener("abort", () => this.end());
  }

  get isOn(): boolean {
    return this.before !== null;
  }

  /** All that any step shows is what is shown to others. */
  private async begin(): Promise<void> {
    const { chart } = this;
    await chart.tried(async () => {
      let shown = this.lent();
      let said = await this.asked(shown);
      // What came meanwhile is shown too.
      while (this.lent().join() !== shown.join()) said = await this.asked((shown = this.lent()));
      this.before = chart.canvas.view();
      this.seen = chart.viewing.name;
      this.place = 0;
      for (const one of chart.querySelectorAll("[data-present-marking]")) one.textContent = said.marking;
      chart.classList.add("is-presenting");
      await chart.requestFullscreen().catch(() => undefined);
      this.draw();
      chart.piece("stage").focus();
    });
  }

  /** What is not hidden, and what a step shows. */
  private lent(): string[] {
    const { placed, settings, unhidden } = this.chart.sheet;
    return [...new Set([...unhidden, ...settings.snapshots.flatMap((one) => one.shown)])].filter((key) => placed.has(key));
  }

  private asked(shown: string[]): Promise<Said> {
    const { sheet, server } = this.chart;
    const photographs = [...new Set(shown.map((key) => sheet.placed.get(key)?.picture ?? "").filter(Boolean))];
    return server.present({ shown, photographs, merged: sheet.settings.merged });
  }

  private end(): void {
    const { chart, before } = this;
    if (!before) return;
    this.before = null;
    chart.classList.remove("is-presenting");
    chart.sheet.only = null;
    if (document.fullscreenElement) void document.exitFullscreen();
    chart.choose([]);
    void chart.viewing.see(this.seen);
    chart.draw();
    requestAnimationFrame(() => chart.canvas.look(before, before.scale));
    this.over();
  }

  private step(by: number): void {
    const most = Math.max(0, this.chart.sheet.settings.snapshots.length - 1);
    this.place = Math.min(most, Math.max(0, this.place + by));
    this.draw();
  }

  private draw(): void {
    const { chart } = this;
    const { snapshots } = chart.sheet.settings;
    const now = snapshots[this.place];
    chart.sheet.only = now ? new Set(now.shown) : null;
    chart.choose(now?.selected ?? []);
    chart.draw();
    if (now) void chart.viewing.step(now);
    chart.piece("present-name").textContent = now?.name ?? chart.piece<HTMLInputElement>("name").value;
    chart.piece("present-place").textContent = now ? `${this.place + 1} / ${snapshots.length}` : "";
    for (const one of chart.querySelectorAll<HTMLButtonElement>('[data-present="1"], [data-present="-1"]')) one.hidden = snapshots.length < 2;
    // The stage has its new size only when it is drawn next.
    requestAnimationFrame(() => requestAnimationFrame(() => (now ? chart.canvas.look(now.camera, now.camera.scale) : chart.canvas.fit())));
    announce(now?.name ?? "");
  }

  private key(event: KeyboardEvent): void {
    if (!this.isOn || event.altKey) return;
    if (event.ctrlKey || event.metaKey) return ["KeyA", "KeyS", "KeyY", "KeyZ"].includes(event.code) ? swallow(event) : undefined;
    const onButton = event.target instanceof HTMLButtonElement && (event.key === " " || event.key === "Enter");
    const by = STEPS[event.key];
    if (onButton || NEARER.includes(event.key)) return;
    if (event.key === "Escape") this.end();
    else if (by) this.step(by);
    else if (event.key === "Home" || event.key === "End") this.step(event.key === "Home" ? -Infinity : Infinity);
    else if (event.key.length > 1 && event.key !== "Delete") return;
    swallow(event);
  }
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}
