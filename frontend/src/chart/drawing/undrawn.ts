/** Stands in for the drawn chart where a browser cannot draw it: the table and the panels go on. */
import type { Canvas } from "./canvas.ts";
import { CannotDraw } from "./stage.ts";

/** All that the chart asks of what is drawn. */
export type Drawing = Pick<Canvas, "draw" | "choose" | "room" | "fit" | "view" | "look" | "zoom" | "reveal" | "spot" | "picture">;

export class Undrawn implements Drawing {
  draw(): void {}
  choose(): void {}
  fit(): void {}
  look(): void {}
  zoom(): void {}
  reveal(): void {}

  room(): [number, number] {
    return [60, 40];
  }

  view(): { x: number; y: number; scale: number } {
    return { x: 0, y: 0, scale: 1 };
  }

  spot(): undefined {
    return undefined;
  }

  picture(): HTMLCanvasElement {
    return document.createElement("canvas");
  }
}

/** What is drawn, or what stands in for it where this browser cannot. */
export function drawnOr(draw: () => Drawing): Drawing {
  try {
    return draw();
  } catch (error) {
    if (error instanceof CannotDraw) return new Undrawn();
    throw error;
  }
}
