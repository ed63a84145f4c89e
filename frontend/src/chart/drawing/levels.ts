/** Has drawn of a large chart what is to be seen from where the analyst looks, and anew once he stands still elsewhere. */
import type { Camera } from "./camera.ts";
import { type Drawn, detail, endsOf, isLarge } from "./detail.ts";
import type { Looks } from "./looks.ts";

/** What is drawn reaches so far beyond what is in sight, in its widths. */
const BEYOND = 0.6;
const STILL_MS = 90;

export class Levels {
  private looks: Looks | null = null;
  private ends: Int32Array = new Int32Array();
  private waiting: number | undefined;
  private stoodAt = "";

  /** `put` draws this much of it. */
  constructor(
    private readonly camera: Camera,
    private readonly put: (drawn: Drawn) => void,
  ) {}

  show(looks: Looks): void {
    const large = !looks.themes && isLarge(looks.nodes, looks.edges);
    this.looks = large ? looks : null;
    this.ends = large ? endsOf(looks.nodes, looks.edges) : new Int32Array();
    if (large) this.choose();
    else this.put({ nodes: looks.nodes, edges: looks.edges, within: new Map(), undrawn: 0 });
  }

  /** The analyst may look from elsewhere now. */
  moved(): void {
    const { x, y, scale } = this.camera.view();
    const place = this.looks ? `${x} ${y} ${scale}` : "";
    if (place === this.stoodAt) return;
    this.stoodAt = place;
    window.clearTimeout(this.waiting);
    if (place) this.waiting = window.setTimeout(() => this.choose(), STILL_MS);
  }

  private choose(): void {
    if (!this.looks) return;
    const { nodes, edges } = this.looks;
    this.put(detail(nodes, edges, this.ends, this.camera.around(BEYOND), (px) => this.camera.sizeOf(px)));
  }
}
