/** What the buttons and keys ask for, by its name, and who does it. */
import type { Bringing } from "./bringing.ts";
import type { Editing } from "./editing.ts";
import type { Chart } from "./host.ts";
import type { Layout } from "./model.ts";
import type { Saving } from "./saving.ts";
import type { Showing } from "./showing.ts";
import type { Viewing } from "./views/viewing.ts";

interface Doers {
  editing: Editing;
  bringing: Bringing;
  saving: Saving;
  showing: Showing;
  viewing: Viewing;
  /** Take a step back, or make it again. */
  back: (done: boolean) => void;
}

export class Acts {
  private readonly known: Readonly<Record<string, (chosen: string[]) => void>>;

  constructor(
    private readonly chart: Chart,
    private readonly doers: Doers,
  ) {
    this.known = named(chart, doers);
    chart.addEventListener("click", (event) => this.pressed(event));
  }

  /** Do what is called so; before others nothing is done. */
  do(act: string): void {
    if (this.chart.isPresented) return;
    this.known[act]?.([...this.chart.chosen]);
    this.doers.showing.act(act);
  }

  private pressed({ target }: Event): void {
    const { chart } = this;
    const button = (target as Element).closest<HTMLElement>("[data-act], [data-layout], [data-view]");
    if (!button || button.hasAttribute("disabled")) return;
    const { act, layout, view } = button.dataset;
    if (layout) void chart.tried(() => chart.arrange(layout as Layout).then(() => chart.canvas.fit()));
    if (layout || view) void this.doers.viewing.see(view ?? "chart");
    if (act) this.do(act);
  }
}

function named(chart: Chart, { editing, bringing, saving, showing, back }: Doers): Record<string, (chosen: string[]) => void> {
  const { sheet } = chart;
  return {
    undo: () => back(sheet.undo()),
    redo: () => back(sheet.redo()),
    save: () => void saving.save(),
    copy: () => void saving.copy(),
    in: () => chart.canvas.zoom(1.5),
    out: () => chart.canvas.zoom(1 / 1.5),
    fit: () => chart.canvas.fit(),
    expand: (chosen) => void bringing.expand(chosen),
    unfold: (chosen) => void chart.tried(() => bringing.unfold(chosen)),
    hide: (chosen) => editing.hide(chosen, true),
    "show-selected": (chosen) => editing.hide(chosen, false),
    "drop-absent": () => editing.dropAbsent(),
    "show-all": () => editing.hide(sheet.placed.keys(), false),
    only: (chosen) => editing.only(chosen),
    collapse: (chosen) => editing.collapse(chosen),
    remove: (chosen) => editing.takeAway(chosen),
    pin: (chosen) => editing.pin(chosen),
    all: () => chart.choose(showing.listed),
    neighbours: (chosen) => chart.choose([...chosen, ...sheet.neighbours(chosen)]),
    "drop-path": () => chart.lift([], []),
  };
}
