/** All that shows the chart: the drawing, its other views, the table, the panels and the foot, each told of what changes. */
import { announce } from "../page.ts";
import type { Drawn } from "./drawing/detail.ts";
import { Foot } from "./foot.ts";
import type { Chart } from "./host.ts";
import { CountPanel } from "./panels/counting.ts";
import { FindPanel } from "./panels/finding.ts";
import { ItemPanel } from "./panels/item.ts";
import { Legend } from "./panels/legend.ts";
import { LookPanel } from "./panels/look.ts";
import { SpreadPanel } from "./panels/spreading.ts";
import { Table } from "./panels/table.ts";
import type { Viewing } from "./views/viewing.ts";

export class Showing {
  private readonly table: Table;
  private readonly item: ItemPanel;
  private readonly spread: SpreadPanel;
  private readonly find: FindPanel;
  private readonly count: CountPanel;
  private readonly look: LookPanel;
  private readonly legend: Legend;
  private readonly foot: Foot;

  constructor(
    private readonly chart: Chart,
    private readonly viewing: Viewing,
  ) {
    this.table = new Table(chart);
    this.item = new ItemPanel(chart);
    this.spread = new SpreadPanel(chart);
    this.find = new FindPanel(chart);
    this.count = new CountPanel(chart);
    this.look = new LookPanel(chart);
    this.legend = new Legend(chart.piece("legend"), chart.wording);
    this.foot = new Foot(chart);
  }

  /** Draw all as it looks now. */
  draw(): void {
    const { chart } = this;
    chart.canvas.draw(chart.looks);
    void this.viewing.draw();
    this.table.draw();
    this.legend.show(chart.sheet, chart.looks, chart.path.items.size > 0);
    this.look.show();
    this.count.show();
    this.foot.show();
  }

  /** Mark what is selected, and say it. */
  chosen(): void {
    const { chart } = this;
    this.mark();
    this.viewing.choose();
    this.table.choose();
    this.item.show(chart.chosen, chart.link);
    this.spread.show(chart.chosen);
    this.find.show(chart.chosen);
    this.foot.show();
    const [only] = chart.chosen;
    if (chart.chosen.size === 1) announce(chart.sheet.items.get(only as string)?.name ?? "");
    else if (chart.chosen.size) announce(chart.wording.count("chosen", chart.chosen.size));
  }

  /** Mark which area is selected. */
  area(): void {
    this.mark();
    this.look.show();
  }

  /** What the analyst made of what is selected is another now; what is said of it is the same. */
  made(): void {
    this.item.showMade(this.chart.chosen);
  }

  /** Another panel is open. */
  opened(): void {
    this.count.show();
  }

  detailed(drawn: Drawn): void {
    this.foot.detailed(drawn);
  }

  /** Something was measured of which the drawing shows nothing. */
  measured(): void {
    this.table.draw();
    this.count.show();
    this.foot.show();
  }

  /** How much is seen, or whether it is saved, is another now. */
  counted(): void {
    this.foot.show();
  }

  /** The items of which one may take all at once: those of the table while one is in it. */
  get listed(): string[] {
    return this.table.hasFocus ? this.table.keys : this.chart.sheet.shown.map(({ key }) => key);
  }

  /** What a button of a panel asks for. */
  act(act: string): void {
    this.spread.act(act);
    this.find.act(act);
    this.look.act(act);
  }

  private mark(): void {
    const { canvas, chosen, link, area } = this.chart;
    canvas.choose(chosen, link, area);
  }
}
