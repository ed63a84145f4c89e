/** Draws the chart once more for paper: whole, in light colours, as finely as a press wants it. */
import { resolved } from "../../colours.ts";
import { Canvas } from "../drawing/canvas.ts";
import type { Sign } from "../drawing/framing.ts";
import { drawIcons } from "../drawing/icon-atlas.ts";
import { INKS, type Ink, type Looks } from "../drawing/looks.ts";
import type { Told } from "../drawing/told.ts";

export type Paper = "a4" | "a3";

/** What the picture has of a sheet that lies, in pixels of the page. */
const SIZES: Record<Paper, [width: number, height: number]> = { a4: [1080, 600], a3: [1540, 900] };
const FINE = 3;
/** The names of a crowd come once it stands still. */
const STILL_MS = 400;

const FORMS: Record<string, [form: string, ink: Ink]> = {
  "line-confirmed": ["solid", "line-strong"],
  "line-unconfirmed": ["dashed", "line-strong"],
  "line-tentative": ["dotted", "line-strong"],
  "line-path": ["thick", "amber-fill"],
  size: ["ring", "ink-3"],
  group: ["fill", "teal"],
  shade: ["fill", "chart-high"],
  "rule-colour": ["fill", "ink"],
  "rule-border": ["ring", "ink"],
  "rule-line": ["solid", "ink"],
  "rule-dash": ["dashdot", "line-strong"],
};

export interface Drawn {
  picture: Blob;
  /** As the server sets them, without icons. */
  signs: Omit<Sign, "icon">[];
}

export async function drawn(page: HTMLElement, looks: Looks, paper: Paper, pictureOf: Told["pictureOf"]): Promise<Drawn> {
  const atlas = await drawIcons(page.dataset["icons"] ?? "");
  const place = document.createElement("div");
  const ended = new AbortController();
  place.className = "chart-sheet";
  [place.style.width, place.style.height] = SIZES[paper].map((px) => `${px}px`) as [string, string];
  page.append(place);
  // Sigma asks the page how fine it is: for as long as it draws this, as fine as paper.
  Object.defineProperty(window, "devicePixelRatio", { value: FINE, configurable: true });
  try {
    const canvas = new Canvas(place, atlas, { ...DEAF, pictureOf }, ended.signal);
    canvas.draw(looks);
    canvas.fit(undefined, true);
    await new Promise((done) => setTimeout(done, STILL_MS));
    const picture = await new Promise<Blob | null>((done) => canvas.picture().toBlob(done, "image/png"));
    return { picture: picture ?? new Blob(), signs: signsOf(page, resolved(place, INKS)).map(({ icon: _, ...sign }) => sign) };
  } finally {
    Reflect.deleteProperty(window, "devicePixelRatio");
    ended.abort();
    place.remove();
  }
}

/** Nobody points at paper. */
const DEAF: Omit<Told, "pictureOf"> = {
  chosen: () => undefined,
  chosenLink: () => undefined,
  opened: () => undefined,
  moved: () => undefined,
  chosenArea: () => undefined,
  reshaped: () => undefined,
  detailed: () => undefined,
};

/** The legend beneath the chart, as it stands there. */
export function signsOf(page: HTMLElement, inks: Record<Ink, string>): Sign[] {
  return [...page.querySelectorAll<HTMLElement>('[data-piece="legend"] li')].map((row): Sign => {
    const sample = row.querySelector<HTMLElement>(".chart-sample");
    const kind = [...(sample?.classList ?? [])].find((one) => one.startsWith("chart-sample-"))?.slice("chart-sample-".length) ?? "";
    const letter = sample?.textContent?.trim() ?? "";
    const [form, usual] = FORMS[kind] ?? ["letter", "ink"];
    const ink = inks[(sample?.dataset["ink"] || usual) as Ink] ?? inks.ink;
    const words = [...row.childNodes].filter((one) => one !== sample).map((one) => one.textContent ?? "").join(" ").trim();
    const icon = sample?.querySelector("use")?.getAttribute("href")?.split("#")[1] ?? "";
    return { form: letter ? "letter" : form, ink: hex(ink), words, letter: letter.slice(0, 4), icon };
  });
}

/** `rgb(11, 86, 160)` as `#0b56a0`. */
function hex(colour: string): string {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return `#${[red, green, blue].map((one) => Math.round(one).toString(16).padStart(2, "0")).join("")}`;
}
