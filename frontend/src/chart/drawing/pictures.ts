/** Draws photographs into items: each fetched as this officer may see it, and kept only as long as the page. */
import type { NodeLook } from "./looks.ts";
import type { Spot } from "./ground.ts";

export class Pictures {
  private readonly known = new Map<string, HTMLImageElement>();

  /** `address` says where the picture of a file is; `came` is told when one can be drawn. */
  constructor(
    private readonly address: (file: string) => string,
    private readonly came: () => void,
  ) {}

  /** Whether there is a picture to draw; one that is not there for this officer never is. */
  has(file: string): boolean {
    const image = this.known.get(file) ?? this.fetch(file);
    return image.complete && image.naturalWidth > 0;
  }

  /** Fill an item with its picture, inside its edge. */
  draw(pen: CanvasRenderingContext2D, { picture, shape, border, faint }: NodeLook, { x, y }: Spot, radius: number): void {
    const image = this.known.get(picture);
    if (!image) return;
    const inner = radius - border;
    pen.save();
    pen.beginPath();
    if (shape === "circle") pen.arc(x, y, inner, 0, 2 * Math.PI);
    else if (shape === "square") pen.roundRect(x - 0.9 * radius + border, y - 0.9 * radius + border, 1.8 * radius - 2 * border, 1.8 * radius - 2 * border, 0.2 * radius);
    else for (const [dx, dy] of [[0, -1], [1, 0], [0, 1], [-1, 0]] as const) pen.lineTo(x + dx * 1.28 * inner, y + dy * 1.28 * inner);
    pen.clip();
    pen.globalAlpha = faint ? 0.35 : 1;
    const side = Math.min(image.naturalWidth, image.naturalHeight);
    // Faces are above the middle of a photograph that stands upright.
    const [left, top] = [(image.naturalWidth - side) / 2, (image.naturalHeight - side) / 3];
    const half = 1.28 * radius;
    const reach = shape === "diamond" ? half : radius;
    pen.drawImage(image, left, top, side, side, x - reach, y - reach, 2 * reach, 2 * reach);
    pen.restore();
  }

  private fetch(file: string): HTMLImageElement {
    const image = new Image();
    this.known.set(file, image);
    image.addEventListener("load", () => this.came());
    image.src = this.address(file);
    return image;
  }
}
