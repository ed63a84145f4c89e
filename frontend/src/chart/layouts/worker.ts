/** Arranges a chart beside the page, so that the page goes on. */
import type { Layout } from "../model.ts";
import { force } from "./force.ts";
import { hierarchy } from "./hierarchy.ts";
import { circle, grid } from "./plain.ts";
import { time } from "./time.ts";
import type { Task, Wires } from "./wires.ts";

const LAYOUTS: Record<Layout, (wires: Wires) => Float64Array> = { force, hierarchy, circle, grid, time };

self.addEventListener("message", ({ data }: MessageEvent<Task>) => {
  const at = LAYOUTS[data.layout](data.wires);
  (self as unknown as Worker).postMessage(at, [at.buffer]);
});
