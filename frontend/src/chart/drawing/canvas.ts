/** The drawn chart: what is to be drawn comes in, is kept in a scene, and is painted; what the analyst does to it is told. */
import type Sigma from "sigma";

import { onThemeChange, resolved } from "../../colours.ts";
import { type Hand, areaHand } from "./area-hand.ts";
import { AreaPainter } from "./areas.ts";
import { Camera } from "./camera.ts";
import type { Drawn } from "./detail.ts";
import { Dressing } from "./dressing.ts";
import { fitted } from "./fitting.ts";
import { frameHand, isInside } from "./frame-hand.ts";
import { type Said, framed } from "./framing.ts";
import { Ground, type Spot } from "./ground.ts";
import type { IconAtlas } from "./icon-atlas.ts";
import { Lettering } from "./lettering.ts";
import { Levels } from "./levels.ts";
import { INKS, type Looks, type NodeLook } from "./looks.ts";
import { CROWDED, Naming } from "./naming.ts";
import { Overlay } from "./overlay.ts";
import { Pictures } from "./pictures.ts";
import { point } from "./pointing.ts";
import { Scene } from "./scene.ts";
import { emptyGraph, layer, stageIn } from "./stage.ts";
import type { Told } from "./told.ts";
import { Writer } from "./words.ts";

/** The layers of a picture, from the lowest. */
const LAYERS = ["areas", "ground", "edges", "nodes", "words"];
/** Around an item whose name is not written. */
const ROOM = 14;

export class Canvas {
  private readonly scene: Scene;
  private readonly sigma: Sigma;
  private readonly camera: Camera;
  private readonly levels: Levels;
  private readonly hand: Hand;
  private readonly letters: Lettering;
  private readonly overlay: Overlay;

  constructor(
    place: HTMLElement,
    private readonly atlas: IconAtlas,
    private readonly told: Told,
    ended: AbortSignal,
  ) {
    const scene = (this.scene = new Scene(resolved(place, INKS)));
    const pictures = new Pictures((file) => told.pictureOf(file), () => this.sigma.refresh({ skipIndexation: true }));
    const dressing = new Dressing(scene, atlas, pictures);
    const sigma = (this.sigma = stageIn(place, atlas, {
      sign: (key, look) => dressing.sign(key, look),
      line: (look) => dressing.line(look),
      shrunk: (ratio) => this.camera.shrunk(ratio),
    }));
    const camera = (this.camera = new Camera(sigma));
    const hand = (this.hand = areaHand(sigma, scene, camera, told));
    const pens = { areas: layer(sigma, "areas", "edges"), ground: layer(sigma, "ground", "edges"), words: layer(sigma, "words", "hovers") };
    sigma.resize(true);
    const inks = (): Scene["inks"] => scene.inks;
    this.letters = new Lettering(pens.words, inks, atlas);
    const areas = new AreaPainter(pens.areas, inks);
    const naming = new Naming(scene, camera, new Writer(this.letters), areas, hand);
    this.overlay = new Overlay(scene, camera, hand, pens, { areas, ground: new Ground(pens.ground, inks), pictures, naming });
    this.levels = new Levels(camera, (drawn) => this.put(drawn));
    sigma.on("afterRender", () => {
      this.overlay.paint();
      this.levels.moved();
    });
    point({ sigma, scene, camera, hand, told, fit: (keys) => this.fit(keys) });
    frameHand(place, (frame, more) => told.chosen([...scene.keys].filter((key) => isInside(frame, this.spot(key) as Spot)), more));
    onThemeChange(() => {
      scene.inks = resolved(place, INKS);
      sigma.refresh({ skipIndexation: true });
    }, ended);
    ended.addEventListener("abort", () => sigma.kill());
  }

  /** Draw these; what a hand holds stays in it. What is drawn first is seen as a whole at once. */
  draw(looks: Looks): void {
    const { isBlank } = this.scene;
    this.scene.show(looks);
    this.hand.show(looks.areas, this.hand.chosen);
    if (isBlank) this.fit(undefined, true);
    this.levels.show(looks);
  }

  /** Draw this much of it. */
  private put(drawn: Drawn): void {
    const { scene } = this;
    scene.put(drawn);
    // Anew: with each that is taken out of its graph sigma looks through all that is left.
    const graph = emptyGraph();
    for (const look of drawn.nodes) graph.addNode(look.key, { ...look, ...scene.inHand.get(look.key) });
    for (const look of drawn.edges) graph.addDirectedEdgeWithKey(look.key, look.begin, look.end, look);
    this.sigma.setGraph(graph);
    this.told.detailed(drawn);
  }

  /** Show what is chosen: items, a link, or an area. */
  choose(keys: ReadonlySet<string>, link: string, area: string): void {
    this.scene.choose(keys, link);
    this.hand.show(this.hand.areas, area);
    this.sigma.refresh({ skipIndexation: true });
  }

  /** Half of how much room an item needs with its name; in a crowd, without. */
  room(look: NodeLook, among = this.scene.looks.nodes.length): [number, number] {
    if (among > CROWDED) return [look.size + ROOM, look.size + ROOM];
    return this.letters.room(look);
  }

  /** Show all, or these, as large as they fit. */
  fit(keys?: Iterable<string>, at_once = false): void {
    const { scene } = this;
    const nodes = [...(keys ?? scene.keys)].map((key) => scene.lookOf(key)).filter((look) => look !== undefined);
    const areas = keys ? [] : scene.looks.areas;
    const bounds = fitted({ nodes, areas, room: (look) => this.room(look) }, scene.looks, (some) => this.camera.scaleFor(some));
    if (bounds) this.camera.fit(bounds, at_once);
  }

  /** Where the analyst looks, and how closely: pixels for a unit. */
  view(): Spot & { scale: number } {
    return this.camera.view();
  }

  look(spot: Spot, scale: number): void {
    this.camera.look(spot, scale);
  }

  zoom(by: number): void {
    this.camera.zoom(by);
  }

  /** Bring an item into sight where it is not. */
  reveal(key: string): void {
    const spot = this.scene.spotOf(key);
    if (spot) this.camera.reveal(spot);
  }

  /** Where an item stands on the screen. */
  spot(key: string): Spot | undefined {
    const spot = this.scene.spotOf(key);
    return spot && this.camera.at(spot);
  }

  /** The whole as one picture, on its ground, with all its names; under its marking, where that does not stand elsewhere. */
  picture(said?: Said): HTMLCanvasElement {
    const { hand, sigma } = this;
    const held = hand.chosen;
    hand.show(hand.areas, "");
    sigma.refresh();
    this.overlay.paint(true);
    const picture = this.pressed();
    hand.show(hand.areas, held);
    sigma.scheduleRender();
    return said ? framed(picture, said, this.scene.inks, this.atlas) : picture;
  }

  /** All layers as one. */
  private pressed(): HTMLCanvasElement {
    const layers = this.sigma.getCanvases();
    const shown = LAYERS.map((name) => layers[name]).filter((one) => one !== undefined);
    const picture = document.createElement("canvas");
    picture.width = shown[0]?.width ?? 0;
    picture.height = shown[0]?.height ?? 0;
    const pen = picture.getContext("2d");
    if (!pen) return picture;
    pen.fillStyle = this.scene.inks["surface"];
    pen.fillRect(0, 0, picture.width, picture.height);
    for (const one of shown) {
      pen.globalAlpha = Number(getComputedStyle(one).opacity);
      pen.drawImage(one, 0, 0);
    }
    return picture;
  }
}
