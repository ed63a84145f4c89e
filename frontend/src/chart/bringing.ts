/** Brings what is not shown yet onto the chart, beside what it is linked to; what stands there stays. */
import type { Chart } from "./host.ts";
import type { Piece, Placed } from "./model.ts";
import { seeds } from "./seeding.ts";

type Host = Pick<Chart, "sheet" | "server" | "canvas" | "wording" | "isPresented" | "piece" | "say" | "tried" | "choose" | "arrange" | "draw">;

/** With fewer than so many there is nothing that could stay. */
const FEW = 3;

export class Bringing {
  constructor(private readonly chart: Host) {}

  /** Fetch what is linked to these. */
  async expand(keys: string[]): Promise<void> {
    const { chart } = this;
    if (!keys.length || chart.isPresented) return;
    const limit = Number(chart.piece<HTMLSelectElement>("limit").value);
    await chart.tried(async () => {
      const piece = await chart.server.expand(keys, [...chart.sheet.placed.keys()], limit);
      await this.add(piece);
      const added = piece.items.length ? chart.wording.count("added", piece.items.length) : chart.wording.say("nothing_more");
      chart.say(piece.left_out ? `${added} ${chart.wording.count("left_out", piece.left_out)}` : added);
    });
  }

  /** Fetch these records, select them and show them. */
  put(keys: string[]): Promise<boolean> {
    const { chart } = this;
    return chart.tried(async () => {
      const piece = await chart.server.gather(keys, [...chart.sheet.placed.keys()]);
      await this.add(piece);
      if (chart.isPresented) return;
      const there = keys.map((key) => piece.aliases[key] ?? key).filter((key) => chart.sheet.placed.has(key));
      chart.choose(there);
      if (there[0]) chart.canvas.reveal(there[0]);
      chart.say(piece.items.length || !there.length ? chart.wording.count("added", piece.items.length) : chart.wording.say("there"));
    });
  }

  /** Fetch what the address names, once: it comes from the pages of records. */
  async putAsked(): Promise<void> {
    const address = new URL(location.href);
    const keys = address.searchParams.getAll("put");
    if (!keys.length || !(await this.put(keys))) return;
    address.searchParams.delete("put");
    history.replaceState(history.state, "", address);
  }

  /** Add what was fetched, but not before others; of it, what was hidden or collapsed is seen again. */
  async add(piece: Piece): Promise<void> {
    const { sheet, isPresented } = this.chart;
    if (isPresented) return;
    const before = this.shown();
    sheet.know(piece);
    const fresh = piece.items.map(({ key }) => key).filter((key) => !sheet.placed.has(key));
    const again = piece.items.map(({ key }) => key).filter((key) => sheet.placed.has(key) && !sheet.isShown(key));
    if (!fresh.length && !again.length) return this.chart.draw();
    sheet.change((placed) => {
      this.seed(fresh, placed);
      for (const key of again) placed.set(key, { ...(placed.get(key) as Placed), hidden: false, into: "" });
    });
    await this.settle(new Set(fresh), before.size < FEW ? new Set() : before);
  }

  /** Let what is collapsed into these stand by itself again. */
  async unfold(keys: string[]): Promise<void> {
    const { chart } = this;
    const inside = new Set(keys.flatMap((key) => chart.sheet.within(key)));
    if (!inside.size) return;
    const before = this.shown();
    chart.sheet.change((placed) => this.seed(inside, placed));
    chart.draw();
    await this.settle(inside, before);
    chart.choose(keys);
    chart.say(chart.wording.count("again", inside.size));
  }

  private shown(): Set<string> {
    return new Set(this.chart.sheet.shown.map(({ key }) => key));
  }

  private seed(keys: Iterable<string>, placed: Map<string, Placed>): void {
    const { sheet, canvas } = this.chart;
    for (const one of seeds(keys, sheet.links.values(), placed, canvas.view())) {
      placed.set(one.key, { ...placed.get(one.key), ...one, hidden: false, into: "" });
    }
  }

  private async settle(fresh: ReadonlySet<string>, fixed: ReadonlySet<string>): Promise<void> {
    await this.chart.arrange("force", { fixed, fresh, silent: true });
    this.chart.canvas.fit();
  }
}
