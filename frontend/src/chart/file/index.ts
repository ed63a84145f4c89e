/**
 * The chart in a file that needs no server: the same drawing, with what is said of each item beside it.
 *
 * All it shows stands in the page as data. Nothing of it is ever read as markup.
 */
import "../../styles/tokens.css";
import "../../styles/icon.css";
import "../styles/inks.css";
import "../styles/stage.css";
import "../styles/foot.css";
import "./file.css";

import { Canvas } from "../drawing/canvas.ts";
import { drawSprite } from "../drawing/icon-atlas.ts";
import { type Drawing, Undrawn, drawnOr } from "../drawing/undrawn.ts";
import { looksOf } from "../looking.ts";
import { measuredFrom } from "../measuring.ts";
import type { Measured } from "../model.ts";
import { Legend } from "../panels/legend.ts";
import { Sheet } from "../sheet.ts";
import { Wording } from "../wording.ts";
import type { Filed } from "./filed.ts";
import { Panel, made } from "./panel.ts";

const NOTHING = { items: new Set<string>(), links: new Set<string>() };

class ChartFile {
  private readonly sheet = new Sheet();
  private readonly wording: Wording;
  private readonly measured: Measured | null;
  private readonly canvas: Drawing;
  private readonly panel: Panel;
  private readonly legend = made("ul", "chart-legend");
  private readonly count = made("span", "file-count");
  private readonly steps = made("p", "file-steps");
  private place = -1;

  constructor(private readonly filed: Filed) {
    this.wording = new Wording(filed.words);
    this.sheet.open(filed.content, filed.piece);
    this.measured = filed.measures && measuredFrom(filed.measures.keys, filed.measures);
    const find = made("input", "file-find");
    const stage = made("div", "file-stage");
    this.panel = new Panel(filed, this.wording, this.sheet, (key) => this.choose([key]));
    Object.assign(find, { type: "search", placeholder: this.wording.say("file_find"), ariaLabel: this.wording.say("file_find") });
    find.addEventListener("input", () => this.panel.list(find.value));
    const sprite = made("div", "", new DOMParser().parseFromString(filed.icons, "image/svg+xml").documentElement);
    sprite.hidden = true;
    document.body.append(
      sprite,
      made("header", "", made("p", "file-marking", filed.marking), made("div", "file-head", made("h1", "", filed.name), made("p", "", `${this.wording.say("file_taken")} ${filed.taken} · ${filed.purpose}`))),
      made("main", "file-main", made("section", "file-chart", stage, this.steps, made("footer", "file-foot", this.legend, this.count)), made("aside", "file-side", find, this.panel.place)),
      made("footer", "", made("p", "file-marking", filed.marking)),
    );
    this.canvas = this.drawing(stage);
    this.draw();
    this.choose([]);
    this.offerSteps();
    requestAnimationFrame(() => this.canvas.fit(undefined, true));
    document.addEventListener("keydown", (event) => this.key(event));
    document.documentElement.dataset["drawn"] = "";
  }

  private drawing(stage: HTMLElement): Drawing {
    const drawing = drawnOr(() => new Canvas(stage, drawSprite(this.filed.icons), {
      chosen: (keys) => this.choose(keys),
      chosenLink: (key) => this.chooseLink(key),
      opened: (key) => this.canvas.fit([key]),
      moved: () => this.draw(),
      pictureOf: () => "",
      chosenArea: () => undefined,
      reshaped: () => this.draw(),
      detailed: () => undefined,
    }, new AbortController().signal));
    if (drawing instanceof Undrawn) stage.append(made("p", "file-cannot", this.wording.say("file_cannot")));
    return drawing;
  }

  private draw(): void {
    const { sheet, measured, wording } = this;
    const day = (seconds: number): string => new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeZone: document.documentElement.dataset["zone"] ?? "UTC" }).format(seconds * 1000);
    const looks = looksOf({ sheet, measured, path: NOTHING, lit: null, words: { group: wording.say("group"), links: (n) => wording.count("links", n), day } });
    this.canvas.draw(looks);
    this.legend.replaceChildren();
    new Legend(this.legend, wording).show(sheet, looks, false);
    this.count.textContent = [wording.of("of_items", sheet.shown.length, sheet.placed.size), wording.count("lines", looks.lines)].join(" · ");
  }

  private choose(keys: readonly string[]): void {
    this.canvas.choose(new Set(keys), "", "");
    if (keys.length === 1) {
      this.panel.item(keys[0] as string);
      this.canvas.reveal(keys[0] as string);
    } else this.panel.list("");
  }

  private chooseLink(key: string): void {
    this.canvas.choose(new Set(), key, "");
    const link = this.sheet.links.get(key);
    if (link) this.panel.link(link);
  }

  /** The snapshots, to be stepped through; the first shows all again. */
  private offerSteps(): void {
    const { snapshots } = this.sheet.settings;
    if (!snapshots.length) return;
    const names = [this.wording.say("file_all"), ...snapshots.map(({ name }) => name)];
    this.steps.append(
      ...names.map((name, place) => {
        const button = made("button", "", name);
        button.addEventListener("click", () => this.step(place - 1));
        return button;
      }),
    );
    this.step(-1);
  }

  private step(place: number): void {
    this.place = place;
    const snapshot = this.sheet.settings.snapshots[place];
    [...this.steps.children].forEach((one, at) => one.setAttribute("aria-pressed", String(at === place + 1)));
    this.sheet.only = snapshot ? new Set(snapshot.shown) : null;
    this.draw();
    this.choose(snapshot?.selected ?? []);
    if (snapshot) this.canvas.look(snapshot.camera, snapshot.camera.scale);
    else this.canvas.fit();
  }

  private key(event: KeyboardEvent): void {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = this.sheet.settings.snapshots.length - 1;
    if (event.key === "ArrowRight" && this.place < last) this.step(this.place + 1);
    else if (event.key === "ArrowLeft" && this.place > -1) this.step(this.place - 1);
    else if (event.key === "+" || event.key === "=") this.canvas.zoom(1.3);
    else if (event.key === "-") this.canvas.zoom(1 / 1.3);
    else if (event.key === "0") this.canvas.fit();
    else if (event.key === "Escape") this.choose([]);
    else return;
    event.preventDefault();
  }
}

new ChartFile(JSON.parse(document.querySelector("#chart")?.textContent ?? "{}") as Filed);
