/** What stands at the foot of the chart: how much of it is seen, and why the rest is not; and which buttons can do something now. */
import type { Drawn } from "./drawing/detail.ts";
import type { Chart } from "./host.ts";
import { saidOf } from "./measuring.ts";
import { drawnAsOne } from "./namesakes.ts";

type Host = Pick<Chart, "sheet" | "looks" | "measured" | "lit" | "chosen" | "isSaved" | "wording" | "piece" | "querySelectorAll">;

export class Foot {
  /** What of it is drawn from where the analyst looks. */
  private drawn: Drawn | null = null;

  constructor(private readonly chart: Host) {}

  detailed(drawn: Drawn): void {
    this.drawn = drawn;
    this.show();
  }

  show(): void {
    const { chart } = this;
    const { sheet } = chart;
    const { hidden } = sheet.unseen;
    chart.piece("count").textContent = this.counts().join(" · ");
    chart.piece<HTMLButtonElement>("undo").disabled = !sheet.canUndo;
    chart.piece<HTMLButtonElement>("redo").disabled = !sheet.canRedo;
    chart.piece("unsaved").hidden = chart.isSaved;
    chart.piece("show-all").hidden = !hidden;
    chart.piece("show-selected").hidden = ![...chart.chosen].some((key) => sheet.placed.get(key)?.hidden);
    chart.piece("drop-absent").hidden = !sheet.settings.absent.length;
    chart.piece("empty").hidden = sheet.placed.size > 0 || sheet.settings.absent.length > 0;
    for (const button of chart.querySelectorAll<HTMLElement>("[data-layout]")) {
      button.setAttribute("aria-pressed", String(button.dataset["layout"] === sheet.settings.layout));
    }
  }

  private counts(): string[] {
    const { sheet, wording, lit, looks, measured } = this.chart;
    const [shown, links] = [sheet.shown, sheet.shownLinks().length];
    const { hidden, collapsed } = sheet.unseen;
    const asOne = drawnAsOne(sheet).length;
    const behind = lit ? shown.filter(({ key }) => !lit.has(key)).length : 0;
    const inDots = [...(this.drawn?.within.values() ?? [])].reduce((sum, some) => sum + some.length, 0);
    const said: [name: string, n: number, isSaid: boolean][] = [
      ["lines", looks.lines, looks.lines !== links],
      ["items_hidden", hidden, hidden > 0],
      ["items_collapsed", collapsed - asOne, collapsed > asOne],
      ["items_as_one", asOne, asOne > 0],
      ["items_behind", behind, lit !== null],
      ["items_absent", sheet.settings.absent.length, sheet.settings.absent.length > 0],
      ["in_dots", inDots, inDots > 0],
      ["from_nearer", this.drawn?.undrawn ?? 0, Boolean(this.drawn?.undrawn)],
    ];
    return [
      wording.of("of_items", shown.length, sheet.placed.size),
      wording.of("of_links", links, sheet.linksAmongPlaced),
      ...said.filter(([, , isSaid]) => isSaid).map(([name, n]) => wording.count(name, n)),
      ...(measured ? saidOf(measured, wording) : []),
    ];
  }
}
