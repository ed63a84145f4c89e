/** What is painted beneath and above the signs with each frame: areas and ground, photographs, and all that is written. */
import type { Hand } from "./area-hand.ts";
import type { AreaPainter } from "./areas.ts";
import type { Camera } from "./camera.ts";
import { type Ground, type Spot, drawThemes } from "./ground.ts";
import { CROWDED, type Naming } from "./naming.ts";
import type { Pictures } from "./pictures.ts";
import type { Scene } from "./scene.ts";

const STILL_MS = 120;

interface Pens {
  areas: CanvasRenderingContext2D;
  ground: CanvasRenderingContext2D;
  words: CanvasRenderingContext2D;
}

interface Painters {
  areas: AreaPainter;
  ground: Ground;
  pictures: Pictures;
  naming: Naming;
}

export class Overlay {
  private waiting: number | undefined;

  constructor(
    private readonly scene: Scene,
    private readonly camera: Camera,
    private readonly hand: Hand,
    private readonly pens: Pens,
    private readonly painters: Painters,
  ) {}

  /** Paint all anew; the names of a crowd come once it stands still, or at once where it does. */
  paint(isStill = false): void {
    const { scene, camera, pens, painters } = this;
    const { width, height } = camera.size;
    const at = this.spots();
    for (const pen of Object.values(pens) as CanvasRenderingContext2D[]) pen.clearRect(0, 0, width, height);
    const view = camera.seen();
    drawThemes(pens.areas, scene.looks.nodes, scene.inks["line-2"], view.at);
    painters.areas.draw(this.hand.areas, this.hand.chosen, view);
    painters.ground.draw(scene.looks, (key) => at.get(key), view.scale);
    for (const look of scene.drawn.nodes) {
      const spot = look.picture ? at.get(look.key) : undefined;
      if (spot) painters.pictures.draw(pens.words, look, spot, camera.sized(look.size));
    }
    window.clearTimeout(this.waiting);
    if (isStill || scene.drawn.nodes.length <= CROWDED) painters.naming.write(at);
    else this.waiting = window.setTimeout(() => painters.naming.write(at), STILL_MS);
  }

  /** Where on the screen all stands that is drawn. */
  private spots(): Map<string, Spot> {
    const at = new Map<string, Spot>();
    for (const { key } of this.scene.drawn.nodes) {
      const spot = this.scene.spotOf(key);
      if (spot) at.set(key, this.camera.at(spot));
    }
    return at;
  }
}
