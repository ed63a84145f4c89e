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

/** This browser cannot draw a chart at all. */
export class CannotDraw extends Error {}

/**
 * The stage, on which nothing stands yet. Each program has drawn once: that compiles it, which takes as long as
 * drawing thousands where there is no graphics card, and is done while the server still reads.
 */
export function stageIn(place: HTMLElement, atlas: IconAtlas, { sign, line, shrunk }: Reducers): Sigma {
  const sigma = begun(place, nodeProgram(atlas));
  sigma.setGraph(emptyGraph());
  sigma.setSettings({
    nodeReducer: (key, data) => sign(key, data as NodeLook),
    edgeReducer: (_, data) => line(data as EdgeLook),
    zoomToSizeRatioFunction: shrunk,
  });
  sigma.setCustomBBox(BOX);
  return sigma;
}

function begun(place: HTMLElement, program: ReturnType<typeof nodeProgram>): Sigma {
  try {
    return staged(place, program);
  } catch (error) {
    if (document.createElement("canvas").getContext("webgl2")) throw error;
    for (const half of place.querySelectorAll("canvas")) half.remove();
    throw new CannotDraw();
  }
}

function staged(place: HTMLElement, program: ReturnType<typeof nodeProgram>): Sigma {
  return new Sigma(rehearsal(), place, {
    nodeProgramClasses: { sign: program },
    nodeHoverProgramClasses: { sign: program },
    edgeProgramClasses: { line: LineProgram },
    defaultNodeType: "sign",
    defaultEdgeType: "line",
    renderLabels: false,
    // Sigma would draw each line twice to know which one is pointed at.
    enableEdgeEvents: false,
    defaultDrawNodeHover: () => undefined,
    zIndex: false,
    stagePadding: 0,
    minCameraRatio: 0.05,
    maxCameraRatio: 60,
    minEdgeThickness: 1,
    zoomDuration: 140,
    inertiaDuration: 0,
    doubleClickZoomingDuration: 0,
    doubleClickZoomingRatio: 1,
    allowInvalidContainer: true,
  });
}

/** Two signs and a line, as each program takes them. */
function rehearsal(): Graph {
  const graph = emptyGraph();
  const drawn = { label: "", hidden: false, zIndex: 0, color: "rgb(0, 0, 0)", size: 1 };
  const sign: Partial<Sign> = { ...drawn, type: "sign", as: "icon", aspect: 1, line: drawn.color, ink: drawn.color, border: 1, ring: "", shape: 0, icon: 0 };
  const line: Partial<Line> = { ...drawn, type: "line", dash: 0, aside: 0, heads: 1 };
  graph.addNode("0", { ...sign, x: 0, y: 0 });
  graph.addNode("1", { ...sign, x: 1, y: 1 });
  graph.addDirectedEdge("0", "1", line);
  return graph;
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
