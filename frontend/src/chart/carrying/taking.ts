/** Takes the chart away: as a picture, as a PDF, as one file. The server notes it, and says under which marking it goes. */
import { resolved } from "../../colours.ts";
import { INKS } from "../drawing/looks.ts";
import type { Chart } from "../host.ts";
import { type Lent, Refused } from "../server.ts";
import type { Measured } from "../model.ts";
import { type Paper, drawn, signsOf } from "./paper.ts";

const OTHERS = { picture, file, data };

export function offerToTake(chart: Chart): void {
  chart.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("[data-take]");
    const what = button?.dataset["take"];
    if (!button || !what) return;
    button.closest("details")?.removeAttribute("open");
    void chart.tried(() => (what in OTHERS ? OTHERS[what as keyof typeof OTHERS](chart) : paper(chart, what as Paper)));
  });
}

/** As it stands on the screen. */
async function picture(chart: Chart): Promise<void> {
  const said = await chart.server.picture(lent(chart));
  const made = chart.canvas.picture({ ...said, name: nameOf(chart), signs: signsOf(chart, resolved(chart, INKS)) });
  const png = await new Promise<Blob>((done) => made.toBlob((blob) => done(blob ?? new Blob()), "image/png"));
  save(new File([png], said.file));
}

/** All of it, drawn anew for the sheet. */
async function paper(chart: Chart, size: Paper): Promise<void> {
  chart.say(chart.wording.say("making_paper"));
  const { picture: made, signs } = await drawn(chart, chart.looks, size, (key) => chart.pictureOf(key));
  const said = { name: nameOf(chart), under: chart.piece("count").textContent ?? "", signs, paper: size };
  save(await chart.server.paper({ ...lent(chart), drawn: said }, made));
  chart.say("");
}

async function file(chart: Chart): Promise<void> {
  chart.say(chart.wording.say("making_file"));
  try {
    const content = chart.sheet.content();
    save(await chart.server.file({ name: nameOf(chart), content, measures: measuresOf(chart.measured) }));
  } catch (error) {
    if (error instanceof Refused && error.keys.length) chart.choose(error.keys);
    throw error;
  } finally {
    chart.say("");
  }
}

/** For another program; what takes longer is followed on a page of its own. */
async function data(chart: Chart): Promise<void> {
  chart.say(chart.wording.say("making_file"));
  try {
    const format = chart.piece<HTMLSelectElement>("take-format").value;
    const made = await chart.server.dataFile({ format, content: chart.sheet.content() });
    if (made instanceof File) save(made);
    else window.open(made);
  } finally {
    chart.say("");
  }
}

function lent({ sheet, looks }: Chart): Lent {
  const photographs = [...new Set(looks.nodes.map((one) => one.picture).filter(Boolean))];
  return { shown: sheet.unhidden, photographs, merged: sheet.settings.merged };
}

function nameOf(chart: Chart): string {
  return chart.piece<HTMLInputElement>("name").value || "chart";
}

/** Measures as numbers in the order of their items. */
function measuresOf(measured: Measured | null): unknown {
  if (!measured) return null;
  const keys = [...measured.community.keys()];
  const inOrder = (some: Map<string, number>): number[] => keys.map((key) => some.get(key) ?? 0);
  const values = Object.fromEntries(Object.entries(measured.values).map(([name, some]) => [name, inOrder(some)]));
  return { keys, values, community: inOrder(measured.community), component: inOrder(measured.component) };
}

function save(file: File): void {
  const link = document.createElement("a");
  link.download = file.name;
  link.href = URL.createObjectURL(file);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
