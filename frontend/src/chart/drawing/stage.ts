/** Sigma with our programs for items and lines, and canvases of our own between its layers. */
import Graph from "graphology";
import Sigma from "sigma";

import { BOX } from "./camera.ts";
import { type Line, LineProgram } from "./edge-program.ts";
import type { IconAtlas } from "./icon-atlas.ts";
import type { EdgeLook, NodeLook } from "./looks.ts";
import { type Sign, nodeProgram } from "./node-program.ts";

/** How what is drawn looks as it is marked now. */
interface Reducers {
  sign(key: string, look: NodeLook): Partial<Sign>;
  line(look: EdgeLook): Partial<Line>;
  /** By how much items shrink where the chart does by so much. */
  shrunk(ratio: number): number;
}

export function stageIn(place: HTMLElement, atlas: IconAtlas, { sign, line, shrunk }: Reducers): Sigma {
  const program = nodeProgram(atlas);
  const sigma = new Sigma(emptyGraph(), place, {
    nodeProgramClasses: { sign: program },
    nodeHoverProgramClasses: { sign: program },
    edgeProgramClasses: { line: LineProgram },
    defaultNodeType: "sign",
    defaultEdgeType: "line",
    renderLabels: false,
    // Sigma would draw each line twice to know which one is pointed at.
    enableEdgeEvents: false,
    defaultDrawNodeHover: () => undefined,
    nodeReducer: (key, data) => sign(key, data as NodeLook),
    edgeReducer: (_, data) => line(data as EdgeLook),
    zIndex: false,
    stagePadding: 0,
    minCameraRatio: 0.05,
    maxCameraRatio: 60,
    minEdgeThickness: 1,
    zoomToSizeRatioFunction: shrunk,
    zoomDuration: 140,
    inertiaDuration: 0,
    doubleClickZoomingDuration: 0,
    doubleClickZoomingRatio: 1,
    allowInvalidContainer: true,
  });
  sigma.setCustomBBox(BOX);
  return sigma;
}

export function emptyGraph(): Graph {
  return new Graph({ type: "directed", multi: true });
}

/** A canvas before one of sigma's own layers; it has its size once sigma is told to take its own again. */
export function layer(sigma: Sigma, name: string, beforeLayer: string): CanvasRenderingContext2D {
  const canvas = sigma.createCanvas(name, { beforeLayer });
  const pen = canvas.getContext("2d") as CanvasRenderingContext2D;
  (sigma as unknown as { canvasContexts: Record<string, CanvasRenderingContext2D> }).canvasContexts[name] = pen;
  canvas.className = `chart-${name}`;
  return pen;
}
