/** The icons of a chart in one picture, from the page's sprite: drawn once, then each is a part of a texture. */

const CELL_PX = 64;
const STROKE = 1.9;

export interface IconAtlas {
  canvas: HTMLCanvasElement;
  /** How many stand in a row, and in a column. */
  cells: number;
  /** Where an icon stands; -1 where there is none of this name. */
  place(name: string): number;
  /** Paint an icon in a colour, its centre at a point. */
  paint(pen: CanvasRenderingContext2D, name: string, colour: string, at: { x: number; y: number; px: number }): void;
}

/** Draw all icons of the sprite at an address: whatever comes onto the chart later has its own. */
export async function drawIcons(url: string): Promise<IconAtlas> {
  const answer = await fetch(url);
  return drawSprite(await answer.text());
}

/** Draw all icons of a sprite. */
export function drawSprite(svg: string): IconAtlas {
  const sprite = new DOMParser().parseFromString(svg, "image/svg+xml");
  const places = new Map([...sprite.querySelectorAll("symbol")].map(({ id }, at) => [id, at]));
  const cells = 2 ** Math.ceil(Math.log2(Math.max(1, Math.ceil(Math.sqrt(places.size)))));
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = cells * CELL_PX;
  const pen = canvas.getContext("2d");
  for (const [name, at] of places) {
    const symbol = sprite.getElementById(name);
    if (pen && symbol) drawSymbol(pen, symbol, (at % cells) * CELL_PX, Math.floor(at / cells) * CELL_PX);
  }
  const inked = new Map<string, HTMLCanvasElement>();
  return {
    canvas,
    cells,
    place: (name) => places.get(name) ?? -1,
    paint: (onto, name, colour, { x, y, px }) => {
      const at = places.get(name);
      if (at === undefined) return;
      const id = `${name} ${colour}`;
      const icon = inked.get(id) ?? cut(canvas, (at % cells) * CELL_PX, Math.floor(at / cells) * CELL_PX, colour);
      inked.set(id, icon);
      onto.drawImage(icon, x - px / 2, y - px / 2, px, px);
    },
  };
}

/** One icon by itself, in a colour. */
function cut(atlas: HTMLCanvasElement, x: number, y: number, colour: string): HTMLCanvasElement {
  const icon = document.createElement("canvas");
  icon.width = icon.height = CELL_PX;
  const pen = icon.getContext("2d");
  if (!pen) return icon;
  pen.drawImage(atlas, x, y, CELL_PX, CELL_PX, 0, 0, CELL_PX, CELL_PX);
  pen.globalCompositeOperation = "source-in";
  pen.fillStyle = colour;
  pen.fillRect(0, 0, CELL_PX, CELL_PX);
  return icon;
}

/** Tabler's outlines are paths on 24 units, each stroked alike. */
function drawSymbol(pen: CanvasRenderingContext2D, symbol: Element, x: number, y: number): void {
  pen.setTransform(CELL_PX / 26, 0, 0, CELL_PX / 26, x + CELL_PX / 26, y + CELL_PX / 26);
  pen.lineWidth = STROKE;
  pen.lineCap = pen.lineJoin = "round";
  pen.strokeStyle = "#fff";
  for (const path of symbol.querySelectorAll("path")) pen.stroke(new Path2D(path.getAttribute("d") ?? ""));
}
