/** Puts into a chart what was copied from another, or all of that: the server says who is one, and where each stands. */
import type { Chart } from "../host.ts";
import type { Content, Piece } from "../model.ts";

interface Merged {
  content: Content;
  came: string[];
  met: string[];
  /** How many are not there for this officer. */
  absent: number;
  /** How many rules, snapshots, areas and notes found no room. */
  left_out: number;
  piece: Piece;
}

/** As one step, with all that came selected. */
export async function merge(chart: Chart, what: { chart: string } | { items: unknown }): Promise<void> {
  if (chart.isPresented) return;
  await chart.tried(async () => {
    const { sheet, server, wording } = chart;
    const before = new Set(sheet.shown.map(({ key }) => key));
    const { content, came, met, absent, left_out, piece } = await server.merge<Merged>({ content: sheet.content(), ...what });
    if (chart.isPresented) return;
    sheet.know(piece);
    sheet.take(content);
    chart.draw();
    const fresh = unarranged(content, came);
    if (fresh.size) await chart.arrange("force", { fixed: before, fresh, silent: true });
    chart.choose([...came, ...met]);
    chart.canvas.fit();
    chart.say(
      [
        wording.count("added", came.length),
        met.length ? wording.count("stood_here", met.length) : "",
        absent ? wording.count("absent", absent) : "",
        left_out ? wording.count("no_room", left_out) : "",
      ].filter(Boolean).join(" "),
    );
  });
}

/** What came all from one point was never arranged. */
function unarranged({ items }: Content, came: readonly string[]): ReadonlySet<string> {
  const fresh = new Set(came);
  const spots = new Set(items.filter(({ key }) => fresh.has(key)).map(({ x, y }) => `${x} ${y}`));
  return fresh.size < 2 || spots.size > 1 ? new Set() : fresh;
}

/** The panel with the other charts, fetched when it is opened. */
export function offerCharts(chart: Chart): void {
  const list = chart.piece<HTMLDetailsElement>("others");
  const place = chart.piece("others-list");
  list.addEventListener("toggle", () => {
    if (list.open) void chart.tried(async () => void (place.innerHTML = await chart.server.others()));
  });
  place.addEventListener("click", (event) => {
    const key = (event.target as Element).closest<HTMLElement>("[data-merge-chart]")?.dataset["mergeChart"];
    if (!key) return;
    list.open = false;
    void merge(chart, { chart: key });
  });
}
