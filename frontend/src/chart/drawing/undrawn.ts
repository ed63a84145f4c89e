/** Stands in for the drawn chart where a browser cannot draw it: the table and the panels go on. */
import type { Canvas } from "./canvas.ts";

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

/** Whether this browser can draw a chart at all. */
export function canDraw(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}
