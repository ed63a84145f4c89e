/** The drawn chart: sigma with our programs, names and ground; it tells what the analyst does to it. */
import Graph from "graphology";
import Sigma from "sigma";

import { onThemeChange, resolved } from "../../colours.ts";
import { type AreaTold, type Hand, areaHand } from "./area-hand.ts";
import { AreaPainter, type View } from "./areas.ts";
import { type Drawn, detail, endsOf, isDot, isLarge } from "./detail.ts";
import { DASHES, type Line, LineProgram } from "./edge-program.ts";
import { framed, type Said } from "./framing.ts";
import { Ground, type Spot, drawThemes } from "./ground.ts";
import type { IconAtlas } from "./icon-atlas.ts";
import { FRAME, INKS, type EdgeLook, type Ink, type Looks, type NodeLook, reach } from "./looks.ts";
import { SHAPES, type Sign, nodeProgram } from "./node-program.ts";
import { Pictures } from "./pictures.ts";
import { isAnchor } from "../themes.ts";
import { type Along, type Word, Writer } from "./words.ts";

export interface Told extends AreaTold {
  /** Items or a link were chosen by pointing; `more` keeps those that were. */
  chosen(keys: string[], more: boolean): void;
  chosenLink(key: string): void;
  /** What stands together, or is not drawn, where the analyst looks from. */
  detailed(drawn: Drawn): void;
  opened(key: string): void;
  /** Items were dragged to where they stand now. */
  moved(places: Map<string, Spot>): void;
  /** Where the picture of a file is fetched. */
  pictureOf(file: string): string;
}

/** The chart's square of coordinates; one unit is one pixel at its natural scale. */
const HALF = 500;
const BOX = { x: [-HALF, HALF] as [number, number], y: [-HALF, HALF] as [number, number] };
/** With more links than this, long ones are drawn lighter, so that what is near each other is seen. */
const MANY_LINKS = 3_000;
const FADES = [1, 0.6, 0.4, 0.25];
/** How near to a line one points at it. */
const NEAR_PX = 5;
const LONG = 160;
const ROOM = 14;
/** What is drawn of a large chart reaches so far beyond what is in sight, in its widths. */
const BEYOND = 0.6;
const STILL_MS = 90;
/** With more items than this on the screen, names wait until it stands still. */
const MOST_NAMES = 1_500;
/** With more items than this in sight only the weightiest are named, each on so much of the screen. */
const CROWD = 150;
const PX_FOR_A_NAME = 14_000;
/** Room around groups, and above the lines of time. */
const AREA = 34;
/** What stands over the top of the chart: where records are put on it. */
const HEAD_PX = 36;
const NONE: Looks = { nodes: [], edges: [], lines: 0, groups: [], areas: [], used: new Set(), themes: false, moments: [] };
const CLEAR = "rgba(0, 0, 0, 0)";

export class Canvas {
  private readonly sigma: Sigma;
  private readonly writer: Writer;
  private readonly ground: Ground;
  private readonly areas: AreaPainter;
  private readonly hand: Hand;
  private readonly pictures: Pictures;
  private readonly pens: Record<"areas" | "ground" | "words", CanvasRenderingContext2D>;
  private inks: Record<Ink, string>;
  private looks: Looks = NONE;
  /** All that may be drawn, and what is of it: the same but for a large chart. */
  private byKey: ReadonlyMap<string, NodeLook> = new Map();
  private drawn: Drawn = { nodes: [], edges: [], within: new Map(), undrawn: 0 };
  private isLarge = false;
  private ends: Int32Array = new Int32Array();
  /** The chosen items, and the dots in which such stand. */
  private raised: ReadonlySet<string> = new Set();
  private stood: number | undefined;
  private stoodAt = "";
  private chosen: ReadonlySet<string> = new Set();
  private link = "";
  private hovered = "";
  private settling: number | undefined;

  constructor(
    private readonly place: HTMLElement,
    private readonly atlas: IconAtlas,
    private readonly told: Told,
    ended: AbortSignal,
  ) {
    this.inks = resolved(place, INKS);
    this.sigma = new Sigma(emptyGraph(), place, {
      nodeProgramClasses: { sign: nodeProgram(atlas) },
      nodeHoverProgramClasses: { sign: nodeProgram(atlas) },
      edgeProgramClasses: { line: LineProgram },
      defaultNodeType: "sign",
      defaultEdgeType: "line",
      renderLabels: false,
      // Sigma would draw each line twice to know which one is pointed at.
      enableEdgeEvents: false,
      defaultDrawNodeHover: () => undefined,
      nodeReducer: (key, data) => this.sign(key, data as NodeLook),
      edgeReducer: (_, data) => this.line(data as EdgeLook),
      zIndex: false,
      stagePadding: 0,
      minCameraRatio: 0.05,
      maxCameraRatio: 60,
      minEdgeThickness: 1,
      zoomToSizeRatioFunction: (ratio) => this.shrunk(ratio),
      zoomDuration: 140,
      inertiaDuration: 0,
      doubleClickZoomingDuration: 0,
      doubleClickZoomingRatio: 1,
      allowInvalidContainer: true,
    });
    this.sigma.setCustomBBox(BOX);
    this.pens = { areas: this.layer("areas", { beforeLayer: "edges" }), ground: this.layer("ground", { beforeLayer: "edges" }), words: this.layer("words", { beforeLayer: "hovers" }) };
    this.writer = new Writer(this.pens.words, () => this.inks, atlas);
    this.areas = new AreaPainter(this.pens.areas, () => this.inks);
    this.hand = areaHand(this.sigma, () => this.seen(), told);
    this.pictures = new Pictures((file) => told.pictureOf(file), () => this.sigma.refresh({ skipIndexation: true }));
    this.ground = new Ground(this.pens.ground, () => this.inks);
    this.sigma.on("afterRender", () => this.overlay());
    this.listen();
    onThemeChange(() => this.recolour(), ended);
    ended.addEventListener("abort", () => this.sigma.kill());
  }

  /** Draw these; what stays the same is not made anew. */
  draw(looks: Looks): void {
    this.looks = looks;
    this.hand.show(looks.areas, this.hand.chosen);
    this.byKey = new Map(looks.nodes.map((one) => [one.key, one]));
    this.isLarge = !looks.themes && isLarge(looks.nodes, looks.edges);
    this.ends = this.isLarge ? endsOf(looks.nodes, looks.edges) : new Int32Array();
    this.put(this.isLarge ? this.inDetail() : { nodes: looks.nodes, edges: looks.edges, within: new Map(), undrawn: 0 });
  }

  /** Draw this much of it. */
  private put(drawn: Drawn): void {
    this.drawn = drawn;
    // Anew: with each that is taken out of its graph sigma looks through all that is left.
    const graph = emptyGraph();
    for (const look of drawn.nodes) graph.addNode(look.key, look);
    for (const look of drawn.edges) graph.addDirectedEdgeWithKey(look.key, look.begin, look.end, look);
    this.raise();
    this.sigma.setGraph(graph);
    this.told.detailed(drawn);
  }

  /** What is to be drawn of a large chart from where the analyst looks. */
  private inDetail(): Drawn {
    const { x, y, scale } = this.view();
    const { width, height } = this.sigma.getDimensions();
    const [wide, high] = [(width / scale) * (0.5 + BEYOND), (height / scale) * (0.5 + BEYOND)];
    const ratio = this.shrunk(this.natural() / scale);
    return detail(this.looks.nodes, this.looks.edges, this.ends, { left: x - wide, right: x + wide, low: y - high, top: y + high, scale }, (px) => px * ratio);
  }

  private raise(): void {
    this.raised = this.drawn.within.size ? new Set([...this.chosen, ...[...this.drawn.within].filter(([, some]) => some.some((key) => this.chosen.has(key))).map(([key]) => key)]) : this.chosen;
  }

  /** Show what is chosen. */
  choose(keys: ReadonlySet<string>, link: string): void {
    this.chosen = keys;
    this.link = link;
    this.raise();
    this.sigma.refresh({ skipIndexation: true });
  }

  /** Show which area is chosen; none where it is empty. */
  chooseArea(key: string): void {
    this.hand.show(this.hand.areas, key);
    this.sigma.scheduleRender();
  }

  /** How much room an item needs with its name; in a crowd, without. */
  room(look: NodeLook): [number, number] {
    if (this.byKey.size > MOST_NAMES) return [look.size + ROOM, look.size + ROOM];
    return this.writer.room(look);
  }

  /** Show all, or these, as large as they fit. */
  fit(keys?: Iterable<string>, at_once = false): void {
    const some = [...(keys ?? this.byKey.keys())].map((key) => this.byKey.get(key)).filter((look) => look !== undefined);
    if (!some.length && (keys || !this.looks.areas.length)) return;
    let [left, right, low, top] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const look of some) {
      const [{ x, y }, [w, h]] = [look, this.room(look)];
      [left, right, low, top] = [Math.min(left, x - w), Math.max(right, x + w), Math.min(low, y - h - 10), Math.max(top, y + reach(look, 0, 1) + 14)];
    }
    for (const { x, y, w, h } of keys ? [] : this.looks.areas) {
      [left, right, low, top] = [Math.min(left, x - w / 2), Math.max(right, x + w / 2), Math.min(low, y - h / 2), Math.max(top, y + h / 2)];
    }
    if (this.looks.groups.length) [left, right, low, top] = [left - AREA, right + AREA, low - AREA / 2, top + AREA];
    if (this.looks.themes) top += AREA;
    const { width, height } = this.sigma.getDimensions();
    const scale = Math.min((width - 24) / (right - left), (height - 24 - HEAD_PX) / (top - low), 1.35);
    this.look({ x: (left + right) / 2, y: (low + top + HEAD_PX / scale) / 2 }, scale, at_once);
  }

  /** Where the analyst looks, and how closely: pixels for a unit. */
  view(): Spot & { scale: number } {
    const { x, y, ratio } = this.sigma.getCamera().getState();
    return { x: (x - 0.5) * 2 * HALF, y: (y - 0.5) * 2 * HALF, scale: this.natural() / ratio };
  }

  look({ x, y }: Spot, scale: number, at_once = false): void {
    const state = { x: 0.5 + x / (2 * HALF), y: 0.5 + y / (2 * HALF), ratio: this.natural() / scale, angle: 0 };
    const camera = this.sigma.getCamera();
    if (at_once || matchMedia("(prefers-reduced-motion: reduce)").matches) camera.setState(state);
    else void camera.animate(state, { duration: 160 });
  }

  zoom(by: number): void {
    const { x, y, scale } = this.view();
    this.look({ x, y }, scale * by);
  }

  /** Bring an item into sight where it is not. */
  reveal(key: string): void {
    const at = this.spot(key);
    const { width, height } = this.sigma.getDimensions();
    if (!at || (at.x > 40 && at.y > 40 && at.x < width - 40 && at.y < height - 40)) return;
    this.look(this.byKey.get(key) as NodeLook, this.view().scale);
  }

  /** Where an item stands on the screen. */
  spot(key: string): Spot | undefined {
    const look = this.graph.hasNode(key) ? (this.graph.getNodeAttributes(key) as NodeLook) : this.byKey.get(key);
    return look && this.sigma.graphToViewport(look);
  }

  /** The whole as one picture, on its ground; under its marking, where that does not stand elsewhere. */
  picture(said?: Said): HTMLCanvasElement {
    const held = this.hand.chosen;
    this.hand.show(this.hand.areas, "");
    this.sigma.refresh();
    this.chooseArea(held);
    const layers = this.sigma.getCanvases();
    const shown = ["areas", "ground", "edges", "nodes", "words"].map((name) => layers[name]).filter((one) => one !== undefined);
    const picture = document.createElement("canvas");
    picture.width = shown[0]?.width ?? 0;
    picture.height = shown[0]?.height ?? 0;
    const pen = picture.getContext("2d");
    if (!pen) return picture;
    pen.fillStyle = this.inks["surface"];
    pen.fillRect(0, 0, picture.width, picture.height);
    for (const layer of shown) {
      pen.globalAlpha = Number(getComputedStyle(layer).opacity);
      pen.drawImage(layer, 0, 0);
    }
    return said ? framed(picture, said, this.inks, this.atlas) : picture;
  }

  private get graph(): Graph {
    return this.sigma.getGraph() as Graph;
  }

  private seen(): View {
    return { at: (spot) => this.sigma.graphToViewport(spot), scale: this.view().scale };
  }

  private natural(): number {
    const { width, height } = this.sigma.getDimensions();
    return Math.min(width, height) / (2 * HALF);
  }

  /** Items shrink more slowly than the chart, so that they are seen from afar. */
  private shrunk(ratio: number): number {
    const away = ratio / Math.max(this.natural(), 1e-6);
    return away < 1 ? Math.sqrt(away) : away ** 0.72;
  }

  private layer(name: string, where: { beforeLayer: string }): CanvasRenderingContext2D {
    const canvas = this.sigma.createCanvas(name, where);
    (this.sigma as unknown as { canvasContexts: Record<string, CanvasRenderingContext2D> }).canvasContexts[name] =
      canvas.getContext("2d") as CanvasRenderingContext2D;
    canvas.className = `chart-${name}`;
    this.sigma.resize(true);
    return canvas.getContext("2d") as CanvasRenderingContext2D;
  }

  private sign(key: string, look: NodeLook): Partial<Sign> {
    const chosen = this.raised.has(key);
    const hovered = key === this.hovered;
    return {
      x: look.x,
      y: look.y,
      size: look.size,
      type: "sign",
      label: look.label,
      hidden: false,
      zIndex: 0,
      as: look.as,
      color: look.picture && this.pictures.has(look.picture) ? CLEAR : this.inks[chosen ? "accent" : look.fill],
      line: this.inks[chosen ? "accent" : look.faint ? "line-2" : look.line],
      ink: this.inks[this.inkOf(look)],
      border: look.border + (hovered && !chosen ? 0.8 : 0),
      ring: chosen ? this.inks["accent"] : "",
      shape: look.as === "frame" ? SHAPES.frame + FRAME.aspect : SHAPES[look.shape],
      icon: look.picture && this.pictures.has(look.picture) ? -1 : this.atlas.place(look.icon),
    };
  }

  private inkOf({ key, faint, ink }: NodeLook): Ink {
    return this.raised.has(key) ? "accent-ink" : faint ? "ink-3" : ink;
  }

  private line(look: EdgeLook): Partial<Line> {
    const chosen = look.key === this.link;
    const beside = this.raised.has(look.begin) || this.raised.has(look.end);
    const ink = this.inks[chosen ? "accent" : look.faint ? "line" : beside && look.ink !== "amber-fill" ? "accent" : look.ink];
    return {
      type: "line",
      label: look.label,
      hidden: false,
      zIndex: 0,
      size: look.size + (chosen ? 1.6 : 0),
      color: chosen || beside || look.ink === "amber-fill" ? ink : this.faded(ink, look),
      dash: DASHES[look.dash],
      aside: look.aside,
      heads: look.heads,
    };
  }

  /** In a crowd of links, the lighter the longer. */
  private faded(ink: string, { begin, end }: EdgeLook): string {
    if (this.drawn.edges.length <= MANY_LINKS) return ink;
    const [one, other] = [this.graph.getNodeAttributes(begin) as NodeLook, this.graph.getNodeAttributes(end) as NodeLook];
    const far = Math.hypot(one.x - other.x, one.y - other.y) / LONG;
    const fade = FADES[Math.min(FADES.length - 1, Math.floor(Math.log2(1 + far)))] ?? 1;
    return ink.replace("rgb(", "rgba(").replace(")", `, ${fade})`);
  }

  private recolour(): void {
    this.inks = resolved(this.place, INKS);
    this.sigma.refresh({ skipIndexation: true });
  }

  /** Ground and names, anew with each frame; for a crowd the names come once it stands still. */
  private overlay(): void {
    const { width, height } = this.sigma.getDimensions();
    const at = new Map<string, Spot>();
    for (const { key } of this.drawn.nodes) {
      const spot = this.spot(key);
      if (spot) at.set(key, spot);
    }
    for (const pen of Object.values(this.pens)) pen.clearRect(0, 0, width, height);
    const view = this.seen();
    drawThemes(this.pens.areas, this.looks.nodes, this.inks["line-2"], view.at);
    this.areas.draw(this.hand.areas, this.hand.chosen, view);
    this.ground.draw(this.looks, (key) => at.get(key), view.scale);
    for (const look of this.drawn.nodes) {
      const spot = look.picture ? at.get(look.key) : undefined;
      if (spot) this.pictures.draw(this.pens.words, look, spot, this.sigma.scaleSize(look.size));
    }
    window.clearTimeout(this.settling);
    this.detailSoon();
    if (this.drawn.nodes.length <= MOST_NAMES) this.write(at, width, height);
    else this.settling = window.setTimeout(() => this.write(at, width, height), 120);
  }

  /** Once a large chart stands still elsewhere, what is drawn of it is chosen anew. */
  private detailSoon(): void {
    const { x, y, ratio } = this.sigma.getCamera().getState();
    const place = this.isLarge ? `${x} ${y} ${ratio}` : "";
    if (place === this.stoodAt) return;
    this.stoodAt = place;
    window.clearTimeout(this.stood);
    if (place) this.stood = window.setTimeout(() => this.isLarge && this.put(this.inDetail()), STILL_MS);
  }

  private write(at: Map<string, Spot>, width: number, height: number): void {
    const words: Word[] = [];
    for (const look of this.drawn.nodes) {
      const spot = at.get(look.key);
      if (!spot || spot.x < -200 || spot.y < -100 || spot.x > width + 200 || spot.y > height + 100) continue;
      const strong = this.chosen.has(look.key) || look.key === this.hovered;
      const radius = this.sigma.scaleSize(look.size);
      const isFrame = look.as === "frame";
      const framed = isFrame ? { ink: this.inkOf(look), when: look.when, where: look.where } : null;
      words.push({ ...spot, radius, high: isFrame ? radius * FRAME.aspect : radius, framed, label: look.label, under: look.under, badge: look.badge, faint: look.faint, beside: look.along !== null, strong, weight: look.weight + (strong ? 1e6 : 0) });
    }
    this.writer.begin(words.length > MOST_NAMES ? [] : words, this.areas.named(this.hand.areas, this.seen()));
    words.sort((one, other) => other.weight - one.weight);
    this.writer.names(words.length > CROWD ? words.slice(0, Math.ceil((width * height) / PX_FOR_A_NAME)) : words, width, height);
    this.numbers(at);
    if (this.drawn.edges.length <= MOST_NAMES) this.writer.along(this.links(at));
    this.titles(at);
  }

  private links(at: Map<string, Spot>): Along[] {
    const found: Along[] = [];
    for (const look of this.drawn.edges) {
      const [begin, end] = [at.get(look.begin), at.get(look.end)];
      if (!look.label || !begin || !end || look.faint) continue;
      const far = Math.hypot(end.x - begin.x, end.y - begin.y) || 1;
      const [dx, dy] = [(end.x - begin.x) / far, (end.y - begin.y) / far];
      const [r1, r2] = [look.begin, look.end].map((key) => this.sigma.scaleSize(reach(this.graph.getNodeAttributes(key) as NodeLook, dx, dy)));
      const [ox, oy] = [dy * look.aside, -dx * look.aside];
      const chosen = look.key === this.link || this.chosen.has(look.begin) || this.chosen.has(look.end);
      found.push({
        x1: begin.x + dx * (r1 ?? 0) + ox,
        y1: begin.y + dy * (r1 ?? 0) + oy,
        x2: end.x - dx * (r2 ?? 0) + ox,
        y2: end.y - dy * (r2 ?? 0) + oy,
        label: look.label,
        ink: look.ink === "amber-fill" ? "amber" : chosen ? "accent" : "ink-2",
        weight: (chosen ? 1e6 : 0) + look.size,
      });
    }
    return found;
  }

  /** How many stand in each dot. */
  private numbers(at: Map<string, Spot>): void {
    for (const [key, some] of this.drawn.within) {
      const spot = at.get(key);
      if (spot) this.writer.number(some.length, spot, this.inks[this.raised.has(key) ? "accent-ink" : "ink"]);
    }
  }

  private titles(at: Map<string, Spot>): void {
    const pen = this.pens.words;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    for (const { name, members } of this.looks.groups) {
      const spots = members.map((key) => at.get(key)).filter((spot) => spot !== undefined);
      const top = spots.reduce((best, spot) => (spot.y < best.y ? spot : best), spots[0] ?? { x: 0, y: 0 });
      if (spots.length) this.writer.write(name, top.x, Math.max(12, top.y - 30 - 24 * this.view().scale), "500 11px InterVariable, sans-serif", this.inks["teal"]);
    }
    let last = -Infinity;
    for (const { x, words } of this.looks.moments) {
      const spot = this.sigma.graphToViewport({ x, y: 0 });
      if (spot.x - last < 78) continue;
      last = spot.x;
      this.writer.write(words, spot.x, HEAD_PX + 18, "400 11px InterVariable, sans-serif", this.inks["ink-3"]);
    }
  }

  private listen(): void {
    const sigma = this.sigma;
    let dragged: string[] = [];
    let from: Spot | null = null;
    let hasMoved = false;
    sigma.on("enterNode", ({ node }) => this.hover(node));
    sigma.on("leaveNode", () => this.hover(""));
    sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      if (isDot(node)) this.fit(this.drawn.within.get(node));
      else this.told.opened(node);
    });
    sigma.on("doubleClickStage", ({ preventSigmaDefault }) => preventSigmaDefault());
    sigma.on("clickStage", ({ event }) => {
      if (this.hand.isBusy) return;
      const line = this.lineAt(event);
      if (line) this.told.chosenLink(line);
      else if (!additive(event.original)) this.told.chosen([], false);
    });
    sigma.on("downNode", ({ node, event, preventSigmaDefault }) => {
      if (isAnchor(node) || (event.original instanceof MouseEvent && event.original.button)) return;
      preventSigmaDefault();
      const together = this.drawn.within.get(node);
      if (together) return this.told.chosen(together, additive(event.original));
      dragged = this.chosen.has(node) ? [...this.chosen] : [node];
      from = sigma.viewportToGraph(event);
      hasMoved = false;
      if (!this.chosen.has(node)) this.told.chosen([node], additive(event.original));
      else if (additive(event.original)) this.told.chosen([...this.chosen].filter((one) => one !== node), false);
    });
    sigma.on("moveBody", ({ event, preventSigmaDefault }) => {
      if (!from) return;
      preventSigmaDefault();
      const to = sigma.viewportToGraph(event);
      for (const key of dragged) {
        if (!this.graph.hasNode(key)) continue;
        this.graph.updateNodeAttribute(key, "x", (x: number) => x + to.x - (from as Spot).x);
        this.graph.updateNodeAttribute(key, "y", (y: number) => y + to.y - (from as Spot).y);
      }
      hasMoved = true;
      from = to;
    });
    const drop = (): void => {
      if (from && hasMoved) this.told.moved(new Map(dragged.filter((key) => this.graph.hasNode(key)).map((key) => [key, this.at(key)])));
      from = null;
      dragged = [];
    };
    sigma.on("upNode", drop);
    sigma.on("upStage", drop);
    this.listenForFrame();
  }

  /** The line at a place of the screen, the nearest; a gathered one stands for several and is none. */
  private lineAt({ x, y }: Spot): string | undefined {
    let [nearest, best] = [NEAR_PX, undefined as string | undefined];
    for (const { key, begin, end, aside } of this.drawn.edges) {
      const [one, other] = [this.spot(begin), this.spot(end)];
      if (isDot(key) || !one || !other) continue;
      const [dx, dy] = [other.x - one.x, other.y - one.y];
      const far = Math.hypot(dx, dy) || 1;
      const along = ((x - one.x) * dx + (y - one.y) * dy) / far;
      const away = Math.abs(((x - one.x) * dy - (y - one.y) * dx) / far - aside);
      if (along > 0 && along < far && away < nearest) [nearest, best] = [away, key];
    }
    return best;
  }

  private at(key: string): Spot {
    const { x, y } = this.graph.getNodeAttributes(key) as NodeLook;
    return { x, y };
  }

  private hover(key: string): void {
    const before = this.hovered;
    this.hovered = key;
    this.place.classList.toggle("is-on-item", key !== "");
    const nodes = [before, key].filter((one) => one && this.graph.hasNode(one));
    this.sigma.refresh({ partialGraph: { nodes }, skipIndexation: true });
  }

  /** With Shift, a frame is drawn over the items to be chosen. */
  private listenForFrame(): void {
    this.place.addEventListener(
      "pointerdown",
      (down) => {
        if (!down.shiftKey || down.button) return;
        down.stopPropagation();
        down.preventDefault();
        const frame = document.createElement("div");
        frame.className = "chart-frame";
        this.place.append(frame);
        const origin = this.place.getBoundingClientRect();
        const box = { left: 0, top: 0, width: 0, height: 0 };
        const move = (event: PointerEvent): void => {
          box.left = Math.min(down.clientX, event.clientX) - origin.left;
          box.top = Math.min(down.clientY, event.clientY) - origin.top;
          box.width = Math.abs(down.clientX - event.clientX);
          box.height = Math.abs(down.clientY - event.clientY);
          for (const [name, value] of Object.entries(box)) frame.style.setProperty(name, `${value}px`);
        };
        const up = (): void => {
          window.removeEventListener("pointermove", move);
          frame.remove();
          if (box.width < 4 && box.height < 4) return;
          const inside = [...this.byKey.keys()].filter((key) => {
            const { x, y } = this.spot(key) as Spot;
            return x >= box.left && y >= box.top && x <= box.left + box.width && y <= box.top + box.height;
          });
          this.told.chosen(inside, down.ctrlKey || down.metaKey);
        };
        window.addEventListener("pointermove", move);
        window.addEventListener("pointerup", up, { once: true });
      },
      { capture: true },
    );
    for (const kind of ["mousedown", "click"]) {
      this.place.addEventListener(kind, (event) => (event as MouseEvent).shiftKey && event.stopPropagation(), { capture: true });
    }
  }
}

function emptyGraph(): Graph {
  return new Graph({ type: "directed", multi: true });
}

function additive(event: MouseEvent | TouchEvent): boolean {
  return event.ctrlKey || event.metaKey;
}
